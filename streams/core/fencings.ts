/** Who is fenced twice within this time has a rival, unless a broker was lost within it, milliseconds. */
const rivalMs = 60_000

/**
 * Tells a second process in a unit's slot from a broker that was lost. A broker that starts again knows the group as it
 * last noted it: a member that joined shortly before is fenced in favour of what it was before, though nobody else
 * is there. Who comes back is then on its own, where a rival fences it again.
 */
export class Fencings {
  readonly #now: () => number
  #brokerLostAtMs = -Infinity
  #fencedAtMs = -Infinity

  /** `now` counts milliseconds. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** A connection to a broker broke. */
  brokerLost(): void {
    this.#brokerLostAtMs = this.#now()
  }

  /** The unit's member or its producer was fenced: whether that shows a second process in its slot. */
  isByRival(): boolean {
    const now = this.#now()
    if (now - this.#brokerLostAtMs < rivalMs) return false
    const isAgain = now - this.#fencedAtMs < rivalMs
    this.#fencedAtMs = now
    return isAgain
  }
}
