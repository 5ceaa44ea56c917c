import { readable } from '#core/await-registry'
import { bugPlace } from '#core/dead-letter'
import { committedPositions } from '#core/committed-positions'
import { UnitStoppedError } from '#core/first-start'
import { failed, handled, noState, type Outcome, type Surroundings } from '#core/handle-record'
import { type Consumer, kafkaCodes } from '#core/kafka'
import { take } from '#core/take'
import type { InputRecord, Position, TopicPartition } from '#core/records'
import { Lane } from '#core/lanes'
import { type Handled, outputsOf } from '#core/outputs'
import type { Unit } from '#core/processor'
import { type PartitionState, restore } from '#core/state'
import type { Transactions } from '#core/transactions'
import type { UnitContext } from '#core/unit'
import { unlessAborted } from '#core/unless-aborted'

/** A rebalance as the client announced it; handled in the loop, never inside its callback. */
export interface Rebalance {
  readonly code: number
  readonly partitions: readonly TopicPartition[]
}

const bugsInARowMax = 20

/**
 * One life of a unit: the partitions it owns, their state, what is in hand. Anything that breaks ends the
 * session uncommitted; the next one begins from the committed offsets, the road a killed process takes.
 */
export class Session {
  readonly context: UnitContext
  readonly consumer: Consumer
  readonly lanes = new Map<number, Lane>()
  readonly #transactions: Transactions
  readonly #rebalances: Rebalance[]
  readonly #paused = new Set<number>()
  #states = new Map<number, PartitionState>()
  #bugsInARow = 0

  constructor(
    context: UnitContext,
    clients: { consumer: Consumer; transactions: Transactions; rebalances: Rebalance[] },
  ) {
    this.context = context
    this.consumer = clients.consumer
    this.#transactions = clients.transactions
    this.#rebalances = clients.rebalances
  }

  get unit(): Unit {
    return this.context.unit
  }

  /** Records read before a rebalance was handled may belong to another owner: they are read again. */
  get isRebalancing(): boolean {
    return this.#rebalances.length > 0
  }

  async rebalance(): Promise<void> {
    for (let event = this.#rebalances.shift(); event; event = this.#rebalances.shift()) {
      this.abandon()
      // The client remembers a pause beyond the assignment: nobody would ever end it.
      for (const partition of [...this.#paused]) this.resume(partition)
      if (event.code === kafkaCodes.assignPartitions) await this.#assign(event.partitions)
      else this.consumer.unassign()
    }
  }

  /** Gives up what is in hand; nothing of it was committed. */
  abandon(): void {
    for (const lane of this.lanes.values()) lane.abandon()
    this.lanes.clear()
    this.#states = new Map()
  }

  async #assign(partitions: readonly TopicPartition[]): Promise<void> {
    const { unit, kafka, offsets, wire, signal, onWaiting } = this.context
    const positions = await committedPositions(unit.name, this.consumer, partitions, offsets)
    if (unit.state && partitions.length > 0) {
      const numbers = partitions.map(({ partition }) => partition)
      const changelog = unit.state
      const given = { kafka, offsets, wire, changelog, partitions: numbers, signal, onWaiting }
      this.#states = await restore(given)
    }
    this.consumer.assign(positions)
    this.context.onRunning()
  }

  /** Holds a partition back; its records stay on the broker. */
  pause(partition: number): void {
    if (this.#paused.has(partition)) return
    this.consumer.pause([{ topic: this.unit.input.name, partition }])
    this.#paused.add(partition)
  }

  resume(partition: number): void {
    if (!this.#paused.delete(partition)) return
    this.consumer.resume([{ topic: this.unit.input.name, partition }])
  }

  /** After this every record can be decoded, and each lookup holds all that was written before. */
  async prepare(records: readonly InputRecord[]): Promise<void> {
    const { wire, signal, onWaiting, tables } = this.context
    await readable(wire, records, { signal, onWaiting })
    const refreshed = Promise.all(Object.values(tables).map((table) => table.refresh()))
    await unlessAborted(signal, refreshed)
  }

  surroundings(record: InputRecord, now: Date): Surroundings {
    const state = this.#states.get(record.partition) ?? noState
    return { state, tables: this.context.tables, now }
  }

  /** The value of a record, or the outcome that takes its place: discarded or unreadable. */
  decode(record: InputRecord): { readonly value: unknown; readonly outcome?: Outcome } {
    const { wire, unit, log } = this.context
    try {
      const decoded = wire.decode(unit.input, record.value, record.key)
      if (decoded.kind === 'value') return { value: decoded.value }
      const { topic, partition, offset } = record
      log.debug({ topic, partition, offset, version: decoded.version }, 'event version not read')
      const discarded = { emissions: [], isBug: false, attempts: 0, lookedUp: [] }
      return { value: undefined, outcome: discarded }
    } catch (error) {
      return { value: undefined, outcome: { ...failed(error, 0), isBug: false } }
    }
  }

  /** One record through a pure unit; the rows it changes are seen by the next record of the partition. */
  handle(record: InputRecord): Handled {
    const { unit } = this.context
    const now = new Date(record.timestamp)
    const { value, outcome } = this.decode(record)
    if (unit.kind !== 'processor') throw new Error(`${unit.name} is a task`)
    return this.finish(
      record,
      value,
      outcome ?? handled(unit, record, value, this.surroundings(record, now)),
      now,
    )
  }

  /** Turns an outcome into bytes and its rows into state. */
  finish(record: InputRecord, value: unknown, outcome: Outcome, createdAt: Date): Handled {
    const { unit, wire, appVersion } = this.context
    const done = outputsOf(record, value, outcome, { unit, wire, appVersion, createdAt })
    for (const [key, bytes] of done.rows) this.#states.get(record.partition)?.put(key, bytes)
    this.#count(done)
    return done
  }

  #count({ record, outcome }: Handled): void {
    const { unit, metrics, log } = this.context
    this.#bugsInARow = outcome.isBug ? this.#bugsInARow + 1 : 0
    if (outcome.isBug) {
      const { topic, partition, offset } = record
      metrics.errors.inc({ unit: unit.name, origin: 'internal' })
      log.error({ topic, partition, offset, error: bugPlace(outcome.cause) }, 'bug')
    }
    if (this.#bugsInARow >= bugsInARowMax) {
      throw new UnitStoppedError(
        `${unit.name} failed on ${bugsInARowMax} records in a row and stopped before committing them: ` +
          bugPlace(outcome.cause),
      )
    }
  }

  /** Emissions, rows, dead letters and offsets of these records become final together. */
  async commit(done: readonly Handled[]): Promise<void> {
    if (done.length === 0) return
    const positions = new Map<number, Position>()
    await this.#transactions.begin()
    for (const { record, outputs } of done) {
      for (const output of outputs) {
        const queued = this.#transactions.write(output)
        if (queued) await queued
      }
      const { topic, partition, offset } = record
      positions.set(partition, { topic, partition, offset: offset + 1 })
    }
    const start = performance.now()
    await this.#transactions.commit(this.consumer, [...positions.values()])
    this.context.metrics.commitSeconds.observe(
      { unit: this.unit.name },
      (performance.now() - start) / 1_000,
    )
    for (const partition of positions.keys()) this.#states.get(partition)?.commit()
    this.context.onCommitted(done)
  }

  take(countMax: number, waitMs: number): Promise<InputRecord[]> {
    return take(this.consumer, countMax, waitMs)
  }

  async close(): Promise<void> {
    this.abandon()
    await this.#transactions.close()
  }
}
