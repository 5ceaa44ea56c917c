/** What one connector is given. */
export interface BudgetSettings {
  /** Calls out at once. */
  readonly concurrency: number
  readonly callsPerSecond: number
}

const failuresMax = 5
const pauseMsMin = 1_000
const pauseMsMax = 60_000

/**
 * The calls of one connector: so many at once, so many a second. One that fails time and again is only probed, one
 * call at a time and more and more seldom, so that it holds no place of the others'; its first answer ends that.
 */
export class Budget {
  readonly #settings: BudgetSettings
  #tokens: number
  #atMs = -Infinity
  #out = 0
  #failures = 0
  #pauseMs = 0
  #pausedUntilMs = -Infinity

  constructor(settings: BudgetSettings) {
    this.#settings = settings
    this.#tokens = settings.callsPerSecond
  }

  get out(): number {
    return this.#out
  }

  /** Calls that failed since the last answer. */
  get failures(): number {
    return this.#failures
  }

  get isAway(): boolean {
    return this.#failures >= failuresMax
  }

  /** Takes a call out of the budget; false where there is none. */
  take(nowMs: number): boolean {
    this.#refill(nowMs)
    const places = this.isAway ? 1 : this.#settings.concurrency
    if (this.#out >= places || this.#tokens < 1 || nowMs < this.#pausedUntilMs) return false
    this.#tokens -= 1
    this.#out += 1
    return true
  }

  /** Ends a call; undefined where it was not made, which says nothing of the connector. */
  give(isAnswered: boolean | undefined, nowMs: number): void {
    this.#out -= 1
    if (isAnswered === undefined) return
    if (isAnswered) {
      this.#failures = 0
      this.#pauseMs = 0
      this.#pausedUntilMs = -Infinity
      return
    }
    this.#failures += 1
    // Those that were out when the pause began say nothing new.
    if (!this.isAway || nowMs < this.#pausedUntilMs) return
    this.#pauseMs = Math.min(pauseMsMax, Math.max(pauseMsMin, 2 * this.#pauseMs))
    this.#pausedUntilMs = nowMs + this.#pauseMs
  }

  #refill(nowMs: number): void {
    const { callsPerSecond } = this.#settings
    const sinceMs = Math.max(0, nowMs - this.#atMs)
    this.#atMs = nowMs
    this.#tokens = Math.min(
      Math.max(1, callsPerSecond),
      this.#tokens + (sinceMs * callsPerSecond) / 1_000,
    )
  }
}
