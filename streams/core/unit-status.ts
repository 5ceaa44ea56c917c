import type { Log } from '#core/log'

/** A unit as an operator sees it. What is amiss has a reason: `stopped` needs somebody, a long `starting` too. */
export interface UnitStatus {
  readonly unit: string
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped'
  readonly reason?: string
  /** What it is about, where that takes time and goes on as it should. */
  readonly note?: string
}

/** Longest that a start may take before it is a problem, milliseconds. */
export const startingMsMax = 30_000

/** What is known of one unit, by who told it: what one part mends does not hide what another waits for. */
export class UnitHealth {
  readonly #unit: string
  readonly #log: Log
  readonly #now: () => number
  readonly #startedMs: number
  readonly #blocked = new Map<number, string>()
  readonly #tables = new Map<string, string>()
  #isAssigned = false
  #stopped: string | undefined
  #failure: string | undefined
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
    const [blocked] = this.#blocked.values()
    const [table] = this.#tables.values()
    const reason = this.#waiting ?? this.#failure ?? table ?? blocked
    if (reason !== undefined) return { unit, state: 'waiting', reason }
    if (this.#restoring) return { unit, state: 'starting', ...this.#restore(this.#restoring) }
    if (this.#isAssigned) return { unit, state: 'running' }
    if (this.#now() - this.#startedMs <= startingMsMax) return { unit, state: 'starting' }
    const seconds = startingMsMax / 1_000
    return { unit, state: 'starting', reason: `it reads nothing yet, ${seconds} s after its start` }
  }

  /** The session has its partitions and reads. */
  running(): void {
    this.#isAssigned = true
    this.#failure = undefined
    this.#blocked.clear()
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

  /** A record is tried again and holds its partition back. */
  blocked(partition: number, reason: string): void {
    this.#tell(reason)
    this.#blocked.set(partition, reason)
  }

  committed(partition: number): void {
    this.#blocked.delete(partition)
  }

  /** The session ended; another one begins. */
  failed(reason: string): void {
    if (reason !== this.#failure) this.#tell(reason)
    this.#failure = reason
    this.#waiting = undefined
    this.#restoring = undefined
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
