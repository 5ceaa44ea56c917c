import { setTimeout as sleep } from 'node:timers/promises'
import type { Bell } from '#core/bell'
import { CallLimits } from '#core/call-limits'
import { Lane, laneRecordsLow, laneRecordsMax } from '#core/lane'
import type { InHand } from '#core/in-hand'
import type { Settled } from '#core/lane-entries'
import type { Write } from '#core/outputs'
import type { Parked } from '#core/parked-heads'
import { learnParked, parkedRows, parkedWrite, withoutRow } from '#core/parked-rows'
import { PartyLines } from '#core/party-lines'
import type { Task } from '#core/processor'
import type { InputRecord } from '#core/records'
import type { Session } from '#core/session'
import { parkedTopic } from '#schemas/engine/unit-topics'

/** Calls that are out when partitions are taken away may end for so long, milliseconds. */
const releaseMsMax = 1_000

/** The lanes of a task's partitions: what is in hand beside the reading. */
export class TaskLanes implements InHand {
  readonly #session: Session
  readonly #task: Task
  readonly #bell: Bell
  readonly #table: ReturnType<typeof parkedTopic>
  readonly #limits: CallLimits
  readonly #lines: PartyLines
  readonly #lanes = new Map<number, Lane>()

  constructor(session: Session, task: Task, bell: Bell) {
    this.#session = session
    this.#task = task
    this.#bell = bell
    this.#table = parkedTopic(task.name)
    this.#limits = new CallLimits(task.concurrency, task.concurrencyPerParty ?? task.concurrency)
    this.#lines = new PartyLines(this.#limits, session.context.circuits)
  }

  async begin(partitions: readonly number[]): Promise<void> {
    const { wire, signal, onWaiting, circuits, onTransient, onHeld, now } = this.#session.context
    const table = this.#table
    for (const partition of partitions) {
      const state = this.#session.stateOf(partition)
      if (!state) throw new Error(`${this.#task.name} has no state for partition ${partition}`)
      const decode = (record: InputRecord) => this.#session.handler.decode(record)
      const rows = parkedRows({ table, state, wire }, decode)
      await learnParked(rows, wire, { signal, onWaiting })
      const lane = new Lane({
        task: this.#task,
        limits: this.#limits,
        circuits,
        lines: this.#lines,
        rows,
        surroundings: (record) => this.#session.surroundings(record, new Date(now())),
        onTransient: (record, error, attempt) => onTransient(record, error.message, attempt),
        onHeld,
        onEnded: () => this.#bell.ring(),
        now,
      })
      this.#lanes.set(partition, lane)
    }
  }

  has(partition: number): boolean {
    return (this.#lanes.get(partition)?.length ?? 0) > 0
  }

  /** Puts records in line, behind those of their partition. */
  add(records: readonly InputRecord[]): void {
    for (const record of records) {
      this.#lanes.get(record.partition)?.add(this.#session.handler.read(record))
    }
  }

  /** Starts every call that may begin now: what was parked, whichever partition it lies in, then what was read. */
  start(): void {
    const lanes = [...this.#lanes.values()]
    for (const lane of lanes) lane.lineUp()
    this.#lines.start()
    for (const lane of lanes) lane.start()
  }

  /** Starts more while what was collected is being committed. */
  startMeanwhile(): void {
    for (const lane of this.#lanes.values()) lane.startMeanwhile()
  }

  /** Hands over what has ended, in order, with the rows it changes. */
  collect(): Write[] {
    return [...this.#lanes.values()]
      .flatMap((lane) => lane.collect())
      .map((settled) => this.#session.applied(this.#writeOf(settled)))
  }

  #writeOf(settled: Settled): Write {
    const { handler, context } = this.#session
    const table = this.#table
    context.onSettled(settled)
    if (settled.kind !== 'done') {
      const isReleased = settled.kind === 'released'
      const noted = isReleased ? settled : (context.tracing?.noted(settled) ?? settled)
      return parkedWrite(noted, { table, wire: context.wire })
    }
    const { item, outcome, place } = settled
    const done = handler.finish(item, outcome, new Date(context.now()))
    return place === undefined ? done : withoutRow(done, table.name, place)
  }

  /** Bounds what waits in memory: a partition that is held back is not read on. */
  hold(): void {
    for (const [partition, lane] of this.#lanes) {
      if (lane.length > laneRecordsMax) this.#session.pauses.pause(partition)
      else if (lane.length < laneRecordsLow) this.#session.pauses.resume(partition)
    }
  }

  get parked(): Parked {
    const sizes = [...this.#lanes.values()].map((lane) => lane.parked)
    return {
      keys: sizes.reduce((sum, { keys }) => sum + keys, 0),
      records: sizes.reduce((sum, { records }) => sum + records, 0),
    }
  }

  /**
   * No call starts any more. Those that end in time are committed; the others are parked, so that those behind them
   * are committed too and the next owner calls again.
   */
  async release(waitMsMax = releaseMsMax): Promise<void> {
    const lanes = [...this.#lanes.values()]
    for (const lane of lanes) lane.drain()
    this.#session.positions.dropped()
    const deadline = performance.now() + waitMsMax
    for (;;) {
      await this.#session.commit(this.collect())
      const leftMs = deadline - performance.now()
      if (leftMs <= 0 || !lanes.some((lane) => lane.isRunning)) break
      const ending = new AbortController()
      const late = sleep(leftMs, undefined, { signal: ending.signal }).catch(() => undefined)
      await Promise.race([this.#bell.rung(), late])
      ending.abort()
    }
    for (const lane of lanes) lane.leave()
    await this.#session.commit(this.collect())
  }

  abandon(): void {
    for (const lane of this.#lanes.values()) lane.abandon()
    this.#lanes.clear()
    this.#lines.clear()
  }
}
