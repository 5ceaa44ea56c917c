/** Whether an outside party is called: closed yes, open no, half-open by one call that probes it. */
export type CircuitState = 'closed' | 'open' | 'half-open'

/** A circuit that is not closed. */
export interface Circuit {
  readonly party: string
  readonly state: CircuitState
  /** When it left `closed`, milliseconds since the epoch. */
  readonly sinceMs: number
  /** What the last call met. */
  readonly reason: string
}

interface Broken {
  readonly sinceMs: number
  /** The next probe is let through from here on. */
  probeMs: number
  pauseMs: number
  isProbing: boolean
  reason: string
}

interface Options {
  /** Transient failures in a row after which a party is taken for away. */
  readonly failuresMax?: number
  readonly pauseMsFirst?: number
  readonly pauseMsMax?: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onChange: (circuit: Circuit) => void
}

/**
 * The circuits of one unit, one per outside party. Calls to a party that failed so often in a row are not even
 * tried: one probe at a time is, after a pause that doubles; its success closes the circuit.
 */
export class Circuits {
  readonly #failuresMax: number
  readonly #pauseMsFirst: number
  readonly #pauseMsMax: number
  readonly #now: () => number
  readonly #onChange: Options['onChange']
  readonly #failures = new Map<string, number>()
  readonly #broken = new Map<string, Broken>()

  constructor({ failuresMax = 5, pauseMsFirst = 1_000, pauseMsMax = 30_000, ...rest }: Options) {
    this.#failuresMax = failuresMax
    this.#pauseMsFirst = pauseMsFirst
    this.#pauseMsMax = pauseMsMax
    this.#now = rest.now
    this.#onChange = rest.onChange
  }

  /** Milliseconds until a call to the party would be let through; 0 now. */
  waitMs(party: string): number {
    const broken = this.#broken.get(party)
    if (!broken) return 0
    // A probe that is out decides; nobody else needs to ask before it could have ended.
    if (broken.isProbing) return this.#pauseMsFirst
    // A clock that is set back by an hour must not make a pause of an hour of it.
    broken.probeMs = Math.min(broken.probeMs, this.#now() + broken.pauseMs)
    return Math.max(0, broken.probeMs - this.#now())
  }

  isClosed(party: string): boolean {
    return !this.#broken.has(party)
  }

  /** A call to the party begins, after `waitMs` was 0. */
  begin(party: string): void {
    const broken = this.#broken.get(party)
    if (!broken) return
    broken.isProbing = true
    this.#tell(party, broken)
  }

  /** The party answered, whatever it said. */
  answered(party: string): void {
    this.#failures.delete(party)
    const broken = this.#broken.get(party)
    if (!broken) return
    this.#broken.delete(party)
    this.#onChange({ party, state: 'closed', sinceMs: this.#now(), reason: 'it answers again' })
  }

  /** The party gave no answer, or one that asks to come again. */
  failed(party: string, reason: string): void {
    const failures = (this.#failures.get(party) ?? 0) + 1
    this.#failures.set(party, failures)
    const broken = this.#broken.get(party)
    if (!broken) {
      if (failures < this.#failuresMax) return
      const opened = {
        sinceMs: this.#now(),
        pauseMs: this.#pauseMsFirst,
        probeMs: this.#now() + this.#pauseMsFirst,
        isProbing: false,
        reason,
      }
      this.#broken.set(party, opened)
      return this.#tell(party, opened)
    }
    // Calls that were out when the circuit opened fail too, and say nothing new.
    if (!broken.isProbing) return
    broken.isProbing = false
    broken.reason = reason
    broken.pauseMs = Math.min(this.#pauseMsMax, broken.pauseMs * 2)
    broken.probeMs = this.#now() + broken.pauseMs
    this.#tell(party, broken)
  }

  /** The call ended without a word on the party: its partition went away. */
  givenUp(party: string): void {
    const broken = this.#broken.get(party)
    if (broken) broken.isProbing = false
  }

  /** Those that are not closed. */
  list(): readonly Circuit[] {
    return [...this.#broken].map(([party, broken]) => circuitOf(party, broken))
  }

  #tell(party: string, broken: Broken): void {
    this.#onChange(circuitOf(party, broken))
  }
}

const circuitOf = (party: string, { sinceMs, isProbing, reason }: Broken): Circuit => ({
  party,
  state: isProbing ? 'half-open' : 'open',
  sinceMs,
  reason,
})
