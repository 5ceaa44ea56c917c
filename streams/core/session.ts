import { readable } from '#core/await-registry'
import { committedPositions } from '#core/committed-positions'
import { EndsRead } from '#core/ends-read'
import { noState, type Outcome, type Surroundings } from '#core/handle-record'
import { type Consumer, kafkaCodes } from '#core/kafka'
import { take } from '#core/take'
import type { InputRecord, Position, TopicPartition } from '#core/records'
import { Lane } from '#core/lanes'
import type { Handled } from '#core/outputs'
import type { Unit } from '#core/processor'
import { RecordHandler } from '#core/record-handler'
import { type PartitionState, restore } from '#core/state'
import type { Transactions } from '#core/transactions'
import type { UnitContext } from '#core/unit'
import { unlessAborted } from '#core/unless-aborted'

/** A rebalance as the client announced it; handled in the loop, never inside its callback. */
export interface Rebalance {
  readonly code: number
  readonly partitions: readonly TopicPartition[]
}

/** Positions behind the last record are committed on their own once nothing else was for so long, milliseconds. */
const quietMs = 5_000

/**
 * One life of a unit: the partitions it owns, their state, what is in hand. Anything that breaks ends the
 * session uncommitted; the next one begins from the committed offsets, the road a killed process takes.
 */
export class Session {
  readonly context: UnitContext
  readonly consumer: Consumer
  readonly handler: RecordHandler
  readonly lanes = new Map<number, Lane>()
  readonly #transactions: Transactions
  readonly #rebalances: Rebalance[]
  readonly #paused = new Set<number>()
  readonly #ends = new EndsRead()
  readonly #committed = new Map<number, number>()
  #committedAtMs = performance.now()
  #states = new Map<number, PartitionState>()

  constructor(
    context: UnitContext,
    clients: { consumer: Consumer; transactions: Transactions; rebalances: Rebalance[] },
  ) {
    this.context = context
    this.consumer = clients.consumer
    this.#transactions = clients.transactions
    this.#rebalances = clients.rebalances
    this.handler = new RecordHandler(context)
    this.consumer.on('partition.eof', (end: Position) => this.#ends.meet(end))
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
    this.#ends.clear()
    this.context.positions.clear()
  }

  /** What was taken so far is in hand: the ends met behind it are read. */
  accepted(): void {
    this.#ends.settle()
  }

  /** What waits in line is dropped and read again by the next owner. */
  dropWaiting(): void {
    for (const lane of this.lanes.values()) lane.drain()
    this.#ends.clear()
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
    this.context.positions.advance(positions)
    this.#committed.clear()
    for (const { partition, offset } of positions) this.#committed.set(partition, offset)
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
    if (records.length === 0) return
    const { wire, signal, onWaiting, tables } = this.context
    await readable(wire, records, { signal, onWaiting })
    const refreshed = Promise.all(Object.values(tables).map((table) => table.refresh()))
    await unlessAborted(signal, refreshed)
  }

  surroundings(record: InputRecord, now: Date): Surroundings {
    const state = this.#states.get(record.partition) ?? noState
    return { state, tables: this.context.tables, now }
  }

  /** One record through a pure unit; the rows it changes are seen by the next record of the partition. */
  handle(record: InputRecord): Handled {
    const given = this.surroundings(record, new Date(record.timestamp))
    return this.#withRows(this.handler.handle(record, given))
  }

  /** What became of a record of a task, ready for the transaction. */
  finish(record: InputRecord, value: unknown, outcome: Outcome): Handled {
    return this.#withRows(this.handler.finish(record, value, outcome, new Date()))
  }

  #withRows(done: Handled): Handled {
    for (const [key, bytes] of done.rows) this.#states.get(done.record.partition)?.put(key, bytes)
    return done
  }

  /** Emissions, rows, dead letters and offsets of these records become final together. */
  async commit(done: readonly Handled[]): Promise<void> {
    const positions = this.#positionsBehind(done)
    const isQuiet = performance.now() - this.#committedAtMs > quietMs
    if (positions.length === 0 || (done.length === 0 && !isQuiet)) return
    await this.#transactions.begin()
    for (const { outputs } of done) {
      for (const output of outputs) {
        const queued = this.#transactions.write(output)
        if (queued) await queued
      }
    }
    const start = performance.now()
    await this.#transactions.commit(this.consumer, positions)
    this.#committedAtMs = performance.now()
    const seconds = (this.#committedAtMs - start) / 1_000
    this.context.metrics.commitSeconds.observe({ unit: this.unit.name }, seconds)
    this.context.positions.advance(positions)
    for (const { partition, offset } of positions) {
      this.#committed.set(partition, offset)
      this.#states.get(partition)?.commit()
    }
    this.context.onCommitted(done)
  }

  /** Where the unit goes on: behind the last of these records, or at the end of what it has read whole. */
  #positionsBehind(done: readonly Handled[]): Position[] {
    const positions = new Map<number, Position>()
    for (const { record } of done) {
      const { topic, partition, offset } = record
      positions.set(partition, { topic, partition, offset: offset + 1 })
    }
    for (const { topic, partition, offset } of this.#ends.ends()) {
      const behind = positions.get(partition)?.offset ?? this.#committed.get(partition) ?? offset
      const isInHand = (this.lanes.get(partition)?.length ?? 0) > 0
      if (!isInHand && offset > behind) positions.set(partition, { topic, partition, offset })
    }
    return [...positions.values()]
  }

  take(countMax: number, waitMs: number): Promise<InputRecord[]> {
    return take(this.consumer, countMax, waitMs)
  }

  async close(): Promise<void> {
    this.abandon()
    await this.#transactions.close()
  }
}
