import { readable } from '#core/await-registry'
import { committedPositions } from '#core/committed-positions'
import type { Surroundings } from '#core/handle-record'
import { type Consumer, kafkaCodes } from '#core/kafka'
import type { InHand, Rebalance } from '#core/in-hand'
import type { Item } from '#core/item'
import type { Handled, Write } from '#core/outputs'
import { Pauses } from '#core/pauses'
import { Positions } from '#core/positions'
import type { Unit } from '#core/processor'
import { RecordHandler } from '#core/record-handler'
import type { InputRecord, Position, TopicPartition } from '#core/records'
import type { PartitionState } from '#core/state'
import { take } from '#core/take'
import { dueTimers } from '#core/timers'
import type { Transactions } from '#core/transactions'
import type { UnitContext } from '#core/unit'
import { inputTopicsOf } from '#core/unit-topics'
import { UnitState } from '#core/unit-state'
import { unlessAborted } from '#core/unless-aborted'
import { timersTopic } from '#schemas/engine/unit-topics'

/** Positions behind the last record are committed on their own once nothing else was for so long, milliseconds. */
const quietMs = 5_000
/** How often the timers are looked at, milliseconds. */
const timersMs = 100

/**
 * One life of a unit: the partitions it owns, their state, what is in hand. Anything that breaks ends the
 * session uncommitted; the next one begins from the committed offsets, the road a killed process takes.
 */
export class Session {
  readonly context: UnitContext
  readonly consumer: Consumer
  readonly handler: RecordHandler
  readonly positions: Positions
  readonly pauses: Pauses
  readonly #transactions: Transactions
  readonly #rebalances: Rebalance[]
  readonly #states: UnitState
  #inHand: InHand | undefined
  #committedAtMs = performance.now()
  #timersAtMs = 0

  constructor(
    context: UnitContext,
    given: {
      readonly consumer: Consumer
      readonly transactions: Transactions
      readonly rebalances: Rebalance[]
      readonly partitions: number
    },
  ) {
    this.context = context
    this.consumer = given.consumer
    this.#transactions = given.transactions
    this.#rebalances = given.rebalances
    this.#states = new UnitState(context)
    this.handler = new RecordHandler(context, given.partitions)
    this.positions = new Positions(context.unit.input.name)
    this.pauses = new Pauses(this.consumer, inputTopicsOf(context.unit))
    this.consumer.on('partition.eof', (end: Position) => this.positions.met(end))
  }

  get unit(): Unit {
    return this.context.unit
  }

  /** Says what goes on beside the reading, before the first rebalance. */
  holds(inHand: InHand): void {
    this.#inHand = inHand
  }

  stateOf(partition: number): PartitionState | undefined {
    return this.#states.get(partition)
  }

  /** Records read before a rebalance was handled may belong to another owner: they are read again. */
  get isRebalancing(): boolean {
    return this.#rebalances.length > 0
  }

  async rebalance(): Promise<void> {
    for (let event = this.#rebalances.shift(); event; event = this.#rebalances.shift()) {
      const isGiven = event.code === kafkaCodes.assignPartitions
      if (!isGiven) await this.#inHand?.release()
      this.#forget()
      this.pauses.resumeAll()
      if (isGiven) await this.#assign(event.partitions)
      else this.consumer.unassign()
    }
  }

  #forget(): void {
    this.#inHand?.abandon()
    this.context.tracing?.abandoned()
    this.#states.drop()
    this.positions.dropped()
    this.context.committed.clear()
  }

  async #assign(partitions: readonly TopicPartition[]): Promise<void> {
    const { unit, offsets } = this.context
    const positions = await committedPositions(unit.name, this.consumer, partitions, offsets)
    this.positions.assigned(positions)
    this.context.committed.advance(positions)
    this.consumer.assign(positions)
    const isRebalancing = () => this.isRebalancing
    if (!(await this.#states.assign(this.consumer, positions, isRebalancing))) return
    const own = positions.filter(({ topic }) => topic === unit.input.name)
    await this.#inHand?.begin(own.map(({ partition }) => partition))
    this.context.onRunning()
  }

  /** After this every record can be decoded, and each lookup holds all that was written before. */
  async prepare(records: readonly InputRecord[]): Promise<void> {
    if (records.length === 0) return
    const { wire, signal, onWaiting, tables } = this.context
    await readable(wire, records, { signal, onWaiting })
    const refreshed = Promise.all(Object.values(tables).map((table) => table.refresh()))
    await unlessAborted(signal, refreshed)
  }

  surroundings({ partition }: InputRecord, now: Date): Surroundings {
    const { tables, tracing } = this.context
    return { state: this.#states.rows(partition), tables, now, tracing }
  }

  /** One record through a pure unit; the rows it changes are seen by the next record of the partition. */
  handle(item: Item): Handled {
    const given = this.surroundings(item.record, new Date(item.record.timestamp))
    return this.applied(this.handler.handle(item, given))
  }

  /** The rows of a write are seen from now on, by this unit alone until they are committed. */
  applied<W extends Write>(write: W): W {
    const state = this.#states.get(write.partition)
    for (const { table, key, bytes } of write.rows) state?.put(table, key, bytes)
    return write
  }

  /** Appends what is due to the unit's input, in a transaction of its own: an open one would hide later records. */
  async wake(): Promise<void> {
    const { unit, wire, now } = this.context
    if (!unit.timers || performance.now() - this.#timersAtMs < timersMs) return
    this.#timersAtMs = performance.now()
    const given = { input: unit.input.name, timers: timersTopic(unit.name), wire, nowMs: now() }
    const due = [...this.#states.entries()].flatMap(([partition, state]) =>
      dueTimers({ ...given, partition, state }),
    )
    if (due.length > 0) await this.commit(due.map((write) => this.applied(write)))
  }

  /** Emissions, rows, dead letters and offsets of these writes become final together. */
  async commit(writes: readonly Write[]): Promise<void> {
    const isDue = this.#states.isDue()
    const isInHand = (partition: number) => this.#inHand?.has(partition) ?? false
    const positions = this.positions.behind(writes, isInHand, isDue)
    const isQuiet = performance.now() - this.#committedAtMs > quietMs
    if (positions.length === 0 || (writes.length === 0 && !isQuiet && !isDue)) return
    // Of both inputs, which have the same partitions.
    const partitions = new Set(positions.map(({ partition }) => partition))
    for (const partition of partitions) this.#states.get(partition)?.begin()
    const start = performance.now()
    await this.#transactions.begin(this.consumer, positions)
    for (const { outputs } of writes) {
      for (const output of outputs) {
        const queued = this.#transactions.write(output)
        if (queued) await queued
      }
    }
    const copies = isDue ? await this.#states.ask() : undefined
    await this.#transactions.commit()
    this.#committedAtMs = performance.now()
    this.positions.committed(positions)
    this.context.committed.advance(positions)
    for (const partition of partitions) this.#states.get(partition)?.commit()
    await this.#states.committed(copies)
    this.context.onCommitted(writes.filter(isHandled), start, this.#committedAtMs)
  }

  take(countMax: number, waitMs: number): Promise<InputRecord[]> {
    return take(this.consumer, countMax, waitMs)
  }

  /** The unit is drained: what its rows are is noted where they are kept. */
  async settle(): Promise<void> {
    await this.#states.ending()
    await this.commit([])
  }

  async close(): Promise<void> {
    this.#forget()
    await this.#states.close()
    await this.#transactions.close()
  }
}

const isHandled = (write: Write): write is Handled => 'outcome' in write
