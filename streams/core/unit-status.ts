import { coordinatesText } from '#core/identity'
import type { Settled } from '#core/lane-entries'
import type { Log } from '#core/log'
import type { InputRecord } from '#core/records'

/** A unit as an operator sees it. What is amiss has a reason; somebody must act unless it `isPassing`. */
export interface UnitStatus {
  readonly unit: string
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped'
  readonly reason?: string
  /** What it is about, where that takes time and goes on as it should. */
  readonly note?: string
  /** A session that broke, not for long yet: another one begins by itself. */
  readonly isPassing?: true
}

/** Longest that a start may take before it is a problem, milliseconds. */
export const startingMsMax = 30_000
/** A record tried in vain for so long is a problem, milliseconds: circuits and retries mend what is shorter. */
const lateMs = 5 * 60_000
const lateMax = 100
/** A session that broke is a problem when no other one works after this long, milliseconds. */
export const passingMsMax = 10_000

/** Why something is tried again, and since when. */
interface Trouble {
  readonly reason: string
  readonly sinceMs: number
}

/** What is known of one unit, by who told it: what one part mends does not hide what another waits for. */
export class UnitHealth {
  readonly #unit: string
  readonly #log: Log
  readonly #now: () => number
  readonly #startedMs: number
  readonly #late = new Map<string, string>()
  readonly #tables = new Map<string, string>()
  #isAssigned = false
  #stopped: string | undefined
  #failure: Trouble | undefined
  /** Sessions fail one after the other: what the last one failed by, until one proves sound. */
  #relapse: Trouble | undefined
  #runningSinceMs = 0
  #waiting: string | undefined
  #restoring: { readonly note: string; readonly toldMs: number } | undefined

  /** `now` counts milliseconds. */
  constructor(unit: string, log: Log, now = () => performance.now()) {
    this.#unit = unit
    this.#log = log
    this.#now = now
    this.#startedMs = now()
  }

  status(): UnitStatus {
    const unit = this.#unit
    if (this.#stopped !== undefined) return { unit, state: 'stopped', reason: this.#stopped }
    const lasting = this.#waiting ?? firstOf(this.#tables) ?? firstOf(this.#late)
    if (lasting !== undefined) return { unit, state: 'waiting', reason: lasting }
    const trouble = this.#trouble()
    if (trouble) {
      const isPassing = this.#now() - trouble.sinceMs <= passingMsMax
      const { reason } = trouble
      return { unit, state: 'waiting', reason, ...(isPassing ? { isPassing } : {}) }
    }
    if (this.#restoring) return { unit, state: 'starting', ...this.#restore(this.#restoring) }
    if (this.#isAssigned) return { unit, state: 'running' }
    if (this.#now() - this.#startedMs <= startingMsMax) return { unit, state: 'starting' }
    const seconds = startingMsMax / 1_000
    return { unit, state: 'starting', reason: `it reads nothing yet, ${seconds} s after its start` }
  }

  #trouble(): Trouble | undefined {
    if (this.#failure) return this.#failure
    const relapse = this.#relapse
    // A session that just began has shown nothing yet: red and green by turns would help nobody.
    const isLong = relapse && this.#runningSinceMs - relapse.sinceMs > passingMsMax
    return isLong && !this.#isSound() ? relapse : undefined
  }

  #isSound(): boolean {
    return this.#now() - this.#runningSinceMs > passingMsMax
  }

  /** The session has its partitions and reads. */
  running(): void {
    this.#isAssigned = true
    this.#runningSinceMs = this.#now()
    this.#relapse = this.#failure ?? this.#relapse
    this.#failure = undefined
    this.#late.clear()
  }

  /** How far the restore of its rows has come; `undefined` once it is over. */
  restoring(note: string | undefined): void {
    if (note === this.#restoring?.note) return
    this.#restoring = note === undefined ? undefined : { note, toldMs: this.#now() }
  }

  // A restore takes what it takes; one that does not go on is a problem.
  #restore({ note, toldMs }: { readonly note: string; readonly toldMs: number }) {
    if (this.#now() - toldMs <= startingMsMax) return { note }
    return { reason: `${note}; nothing came for ${startingMsMax / 1_000} s` }
  }

  /** Something outside is away; `undefined` once it is back. */
  waiting(reason: string | undefined): void {
    if (reason !== undefined && reason !== this.#waiting) this.#tell(reason)
    this.#waiting = reason
  }

  /** A table it looks up waits; `undefined` once it goes on. */
  tableWaiting(table: string, reason: string | undefined): void {
    if (reason === undefined) return void this.#tables.delete(table)
    const told = `table ${table} waits: ${reason}`
    if (told !== this.#tables.get(table)) this.#tell(told)
    this.#tables.set(table, told)
  }

  /** A record of a task is done, or waits: one that was tried for long in vain needs somebody. */
  settled({ item, ...settled }: Settled, nowMs: number): void {
    const place = coordinatesText(item.record)
    if (settled.kind === 'done') return void this.#late.delete(place)
    if (settled.kind === 'released') return
    const { first_tried_at, attempts, error } = settled.row
    if (first_tried_at === null || nowMs - first_tried_at < lateMs) return
    // One is enough to be red, and a day's outage leaves a hundred thousand.
    if (this.#late.size >= lateMax) return
    const minutes = Math.round((nowMs - first_tried_at) / 60_000)
    const reason = `${place} waits for ${minutes} min, ${attempts} tries: ${error ?? 'not tried'}`
    if (!this.#late.has(place)) this.#tell(reason)
    this.#late.set(place, reason)
  }

  /** A transaction went through. */
  committed(): void {
    this.#relapse = undefined
  }

  /** A record that is too large to be parked holds its partition back until it is done. */
  held(record: InputRecord, why: string): void {
    const place = coordinatesText(record)
    const reason = `${place} is too large to be parked and holds its partition back: ${why}`
    if (this.#late.get(place) !== reason) this.#tell(reason)
    this.#late.set(place, reason)
  }

  /** The session ended; another one begins. */
  failed(reason: string): void {
    if (reason !== this.#failure?.reason) this.#tell(reason)
    const former = this.#failure ?? (this.#isSound() ? undefined : this.#relapse)
    this.#failure = { reason, sinceMs: former?.sinceMs ?? this.#now() }
    this.#relapse = undefined
    this.#waiting = undefined
    this.#late.clear()
    this.#restoring = undefined
  }

  stopped(reason: string): void {
    this.#log.error({ unit: this.#unit, reason }, 'unit stopped')
    this.#stopped = reason
  }

  #tell(reason: string): void {
    this.#log.warn({ unit: this.#unit, reason }, 'unit waits')
  }
}

const firstOf = (told: ReadonlyMap<string, string>) => told.values().next().value
