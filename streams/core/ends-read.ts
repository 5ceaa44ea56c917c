import { placeText, type Position } from '#core/records'

/**
 * The ends of partitions that were read whole. A transaction's marker takes an offset and is handed to nobody: a
 * position that stays before it lies outside the log once retention has deleted what it follows.
 */
export class EndsRead {
  #met: Position[] = []
  readonly #ends = new Map<string, Position>()

  /** The client met an end; what it handed over before is still on its way to the unit. */
  meet(end: Position): void {
    this.#met.push(end)
  }

  /** What was handed over before the ends met so far is in the unit's hands. */
  settle(): void {
    for (const end of this.#met.splice(0)) this.#ends.set(placeText(end), end)
  }

  ends(): readonly Position[] {
    return [...this.#ends.values()]
  }

  /** The partitions may have another owner, or their records were dropped and are read again. */
  clear(): void {
    this.#met = []
    this.#ends.clear()
  }
}
