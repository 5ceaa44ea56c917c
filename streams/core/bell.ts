/** Wakes the one loop that waits for it. A ring is never lost, and may be heard twice. */
export class Bell {
  #isRung = false
  #wake: () => void = () => undefined

  ring(): void {
    this.#isRung = true
    this.#wake()
  }

  /** A promise of its own each time: one that stays pending for days would collect every race it was in. */
  rung(): Promise<void> {
    if (!this.#isRung) return new Promise((resolve) => (this.#wake = resolve))
    this.#isRung = false
    return Promise.resolve()
  }
}
