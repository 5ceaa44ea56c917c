/** Attempts by key within a window of time; of more keys than there is room for the oldest are forgotten. */
export class Failures {
  readonly #byKey = new Map<string, { count: number; untilMs: number }>()
  readonly #max: number
  readonly #windowMs: number

  constructor(max: number, windowMs: number) {
    this.#max = max
    this.#windowMs = windowMs
  }

  /** Milliseconds until the key may try again; 0 where it may now. */
  heldMs(key: string, nowMs: number): number {
    const found = this.#byKey.get(key)
    return found && found.count >= this.#max ? Math.max(0, found.untilMs - nowMs) : 0
  }

  /** Counts an attempt, before it is known how it ends: many at once are no way around. */
  note(key: string, nowMs: number): void {
    const found = this.#byKey.get(key)
    const isNew = !found || found.untilMs <= nowMs
    const entry = isNew ? { count: 1, untilMs: nowMs + this.#windowMs } : found
    if (!isNew) entry.count += 1
    // The last in line is the one that was seen last.
    this.#byKey.delete(key)
    this.#byKey.set(key, entry)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > keysMax && oldest !== undefined) this.#byKey.delete(oldest)
  }

  /** An attempt that succeeded is none to count. */
  undo(key: string): void {
    const found = this.#byKey.get(key)
    if (found) found.count -= 1
  }

  forget(key: string): void {
    this.#byKey.delete(key)
  }

  get size(): number {
    return this.#byKey.size
  }
}

/** Keys that are remembered. */
export const keysMax = 10_000
