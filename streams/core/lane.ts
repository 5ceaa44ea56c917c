import { Call } from '#core/call'
import type { Item } from '#core/item'
import { type Entry, finish, isUnreleased, name, usedUp } from '#core/lane-entries'
import type { LaneOptions, Settled } from '#core/lane-entries'
import { type Parked, ParkedHeads } from '#core/parked-heads'
import { delayMs } from '#core/retry'

const overtakenMsDefault = 250
/** Bounds of one partition's queue: the consumer is paused above, resumed below. */
export const laneRecordsMax = 200
export const laneRecordsLow = 50
/** Order keys of one partition that may be parked; beyond it the partition itself waits. */
export const parkedKeysMax = 100_000

/** What those before a record, of its order key, make of it. */
type Ahead = 'busy' | 'parked'

/**
 * The records of one partition of a task. Calls run beside each other, one at a time for each order key; what became
 * of the records is handed over in the order they were read. One that must wait is parked: it gives its place to
 * those behind it, and later ones of its order key queue behind it. One that no row can hold keeps its place.
 */
export class Lane {
  readonly #options: LaneOptions
  readonly #heads: ParkedHeads
  #entries: Entry[] = []
  /** Order keys of what was handed over last: it may not be committed yet. */
  #handedOver: readonly string[] = []
  #isDraining = false
  #broken: { readonly error: unknown } | undefined

  constructor(options: LaneOptions) {
    this.#options = options
    this.#heads = new ParkedHeads(options, (call) => this.#watch(call))
  }

  /** Records read and not handed over. */
  get length(): number {
    return this.#entries.length
  }

  /** Whether a call is out. */
  get isRunning(): boolean {
    return this.#heads.isRunning || this.#entries.some(({ call }) => call && !call.result)
  }

  get parked(): Parked {
    return this.#heads.parked
  }

  add(item: Item): void {
    const isTooLarge = !item.outcome && !this.#options.rows.fits(item.record)
    this.#entries.push({ item, state: 'waiting', isTooLarge })
  }

  /** What is parked and due stands in line for its party, before `start`. */
  lineUp(): void {
    if (!this.#isDraining && !this.#broken) this.#heads.lineUp()
  }

  /** Starts every call that may begin now, in the order the records were read; those in line were called before. */
  start(): void {
    this.#handedOver = []
    this.startMeanwhile()
  }

  /** The same while what was handed over is being committed: whoever comes after it, of its order key, waits for that. */
  startMeanwhile(): void {
    if (this.#isDraining || this.#broken) return
    const ahead = new Map<string, Ahead>(this.#handedOver.map((orderKey) => [orderKey, 'busy']))
    for (const entry of this.#entries) {
      if (entry.state === 'waiting') this.#advance(entry, ahead)
      if (entry.orderKey === undefined) continue
      const isParked = entry.state === 'parked' || ahead.get(entry.orderKey) === 'parked'
      ahead.set(entry.orderKey, isParked ? 'parked' : 'busy')
    }
  }

  #advance(entry: Entry, ahead: ReadonlyMap<string, Ahead>): void {
    const { lines, now } = this.#options
    name(entry, this.#options)
    const { orderKey, party = null } = entry
    if (orderKey === undefined) return
    if (this.#heads.has(orderKey) || ahead.get(orderKey) === 'parked') {
      this.#park(entry, 'those before it wait')
    } else if (ahead.get(orderKey) !== 'busy' && !(entry.wait && now() < entry.wait.dueMs)) {
      const turn = lines.turnOf(party)
      if (turn === 'called') this.#call(entry, party)
      else if (turn !== 'waits') this.#park(entry, turn === 'away' ? `${party} is away` : undefined)
    }
  }

  /** The record gives up its place, unless no row can hold it: then it is told why it waits. */
  #park(entry: Entry, reason?: string): void {
    if (!entry.isTooLarge) entry.state = 'parked'
    else if (reason !== undefined) this.#options.onHeld(entry.item.record, reason)
  }

  #call(entry: Entry, party: string | null): void {
    const { task, circuits, surroundings, onTransient, now } = this.#options
    const { record, value } = entry.item
    entry.firstTriedMs ??= now()
    entry.state = 'running'
    const { attempts = 0 } = entry.wait ?? {}
    entry.call = new Call({
      task,
      record,
      value,
      party,
      attempts,
      exhausted: usedUp(entry, task.retry, now()),
      isTriedInPlace: attempts === 0,
      circuits,
      surroundings: () => surroundings(record),
      onTransient: (error, attempt) => onTransient(record, error, attempt),
    })
    this.#watch(entry.call)
  }

  #watch(call: Call): void {
    const { limits, onEnded } = this.#options
    limits.begin(call.party)
    call.ended
      .catch((error: unknown) => {
        this.#broken = { error }
      })
      .finally(() => {
        limits.end(call.party)
        onEnded()
      })
  }

  /** Hands over what has ended, in order, once. Throws where the lane itself broke. */
  collect(): readonly Settled[] {
    if (this.#broken) throw this.#broken.error
    const settled = this.#heads.collect()
    for (const entry of this.#entries) this.#settle(entry)
    const end = this.#entries.findIndex((entry) => isUnreleased(entry) || this.#isFull(entry))
    const released = this.#entries.splice(0, end < 0 ? this.#entries.length : end)
    settled.push(...released.map((entry) => this.#heads.leaving(entry)))
    this.#handedOver = settled.flatMap((one) => (one.kind === 'done' ? (one.orderKey ?? []) : []))
    return settled
  }

  #settle(entry: Entry): void {
    const { task, now, overtakenMs = overtakenMsDefault } = this.#options
    const { call } = entry
    if (!call?.result) {
      const bearableMs = call?.isTriedAgain ? overtakenMs / 25 : overtakenMs
      const isSlow = call && performance.now() - call.startedMs > bearableMs
      if (isSlow && this.#entries.length > 1) this.#park(entry)
      return
    }
    if (call.result.kind === 'outcome') return finish(entry, call.result.outcome)
    const { attempts, reason } = call.result
    entry.state = 'waiting'
    entry.wait = { attempts, reason, dueMs: now() + delayMs(task.retry, attempts) }
    // What keeps its place gets another call.
    delete entry.call
    this.#park(entry, reason)
  }

  #isFull({ orderKey, outcome }: Entry): boolean {
    if (outcome || orderKey === undefined || this.#heads.has(orderKey)) return false
    return this.#heads.parked.keys >= parkedKeysMax
  }

  /** No call starts any more and none is tried again. What nobody began is dropped and read again by the next owner. */
  drain(): void {
    this.#isDraining = true
    const last = this.#entries.findLastIndex(({ call, outcome }) => call ?? outcome)
    this.#entries.length = last + 1
    // One that never began must not hold back what is done behind it.
    for (const entry of this.#entries) {
      if (entry.state === 'waiting') name(entry, this.#options)
      if (entry.state === 'waiting') this.#park(entry)
      entry.call?.drain()
    }
    this.#heads.drain()
  }

  /** Calls that are still out are given up: their records are parked, and the next owner calls again. */
  leave(): void {
    for (const entry of this.#entries) {
      if (entry.state === 'running') this.#park(entry)
    }
  }

  /** Drops what waits and gives up what runs: its partition is gone. */
  abandon(): void {
    this.drain()
    for (const { call } of this.#entries) call?.abandon()
    this.#heads.abandon()
    this.#entries = []
  }
}
