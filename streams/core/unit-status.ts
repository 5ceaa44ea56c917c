import type { Log } from '#core/log'

/** A unit as an operator sees it. What is amiss has a reason; somebody must act unless it `isPassing`. */
export interface UnitStatus {
  readonly unit: string
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped'
  readonly reason?: string
  /** Tried again by itself, and not for long yet: a time-out of an outside party, a session that broke. */
  readonly isPassing?: true
}

/** Longest that a start may take before it is a problem, milliseconds. */
export const startingMsMax = 30_000
/** What is tried again by itself is a problem after this long, milliseconds. */
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
  readonly #blocked = new Map<number, Trouble>()
  readonly #tables = new Map<string, string>()
  #isAssigned = false
  #stopped: string | undefined
  #failure: Trouble | undefined
  /** Sessions fail one after the other: what the last one failed by, until one proves sound. */
  #relapse: Trouble | undefined
  #runningSinceMs = 0
  #waiting: string | undefined

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
    const lasting = this.#waiting ?? this.#tables.values().next().value
    if (lasting !== undefined) return { unit, state: 'waiting', reason: lasting }
    const trouble = this.#trouble()
    if (trouble) {
      const isPassing = this.#now() - trouble.sinceMs <= passingMsMax
      const { reason } = trouble
      return { unit, state: 'waiting', reason, ...(isPassing ? { isPassing } : {}) }
    }
    if (this.#isAssigned) return { unit, state: 'running' }
    if (this.#now() - this.#startedMs <= startingMsMax) return { unit, state: 'starting' }
    const seconds = startingMsMax / 1_000
    return { unit, state: 'starting', reason: `it reads nothing yet, ${seconds} s after its start` }
  }

  /** What is tried again by itself, the longest first. */
  #trouble(): Trouble | undefined {
    if (this.#failure) return this.#failure
    const relapse = this.#relapse
    // A session that just began has shown nothing yet: red and green by turns would help nobody.
    if (relapse && !this.#isSound() && this.#runningSinceMs - relapse.sinceMs > passingMsMax) {
      return relapse
    }
    return [...this.#blocked.values()].toSorted((one, other) => one.sinceMs - other.sinceMs)[0]
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
    this.#blocked.clear()
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

  /** A record is tried again and holds its partition back. */
  blocked(partition: number, reason: string): void {
    this.#tell(reason)
    const sinceMs = this.#blocked.get(partition)?.sinceMs ?? this.#now()
    this.#blocked.set(partition, { reason, sinceMs })
  }

  committed(partition: number): void {
    this.#blocked.delete(partition)
    this.#relapse = undefined
  }

  /** The session ended; another one begins. */
  failed(reason: string): void {
    if (reason !== this.#failure?.reason) this.#tell(reason)
    const former = this.#failure ?? (this.#isSound() ? undefined : this.#relapse)
    this.#failure = { reason, sinceMs: former?.sinceMs ?? this.#now() }
    this.#relapse = undefined
    this.#waiting = undefined
    this.#blocked.clear()
  }

  stopped(reason: string): void {
    this.#log.error({ unit: this.#unit, reason }, 'unit stopped')
    this.#stopped = reason
  }

  #tell(reason: string): void {
    this.#log.warn({ unit: this.#unit, reason }, 'unit waits')
  }
}
