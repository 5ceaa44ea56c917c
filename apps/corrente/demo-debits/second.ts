/** What was answered in about a second. */
export interface Second {
  readonly answers: number
  /** Undefined where nothing was answered. Milliseconds. */
  readonly p50Ms: number | undefined
  readonly p99Ms: number | undefined
  /** How many of each code. */
  readonly byCode: ReadonlyMap<string, number>
  /** Repeats that were the first answer, byte for byte. */
  readonly repeats: number
}

/** Counts answers until they are taken out. */
export class Seconds {
  #latenciesMs: number[] = []
  #byCode = new Map<string, number>()
  #repeats = 0

  answered(code: string, ms: number): void {
    this.#latenciesMs.push(ms)
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1)
  }

  repeated(): void {
    this.#repeats += 1
  }

  /** What came since the last time. */
  takeOut(): Second {
    const ordered = this.#latenciesMs.sort((one, other) => one - other)
    // The smallest that such a share of all do not exceed.
    const at = (share: number) => ordered[Math.max(1, Math.ceil(share * ordered.length)) - 1]
    const second = {
      answers: ordered.length,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      byCode: this.#byCode,
      repeats: this.#repeats,
    }
    this.#latenciesMs = []
    this.#byCode = new Map()
    this.#repeats = 0
    return second
  }
}
