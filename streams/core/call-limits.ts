/** How many calls of one unit are out, in all and to each outside party. */
export class CallLimits {
  readonly #max: number
  readonly #perPartyMax: number
  readonly #byParty = new Map<string, number>()
  #count = 0

  constructor(max: number, perPartyMax: number) {
    this.#max = max
    this.#perPartyMax = perPartyMax
  }

  get hasRoom(): boolean {
    return this.#count < this.#max
  }

  /** How many more calls to the party may begin. */
  roomFor(party: string | null): number {
    const room = this.#max - this.#count
    return party === null ? room : Math.min(room, this.#perPartyMax - this.#of(party))
  }

  hasRoomFor(party: string | null): boolean {
    return this.roomFor(party) > 0
  }

  begin(party: string | null): void {
    this.#count += 1
    if (party !== null) this.#byParty.set(party, this.#of(party) + 1)
  }

  end(party: string | null): void {
    this.#count -= 1
    if (party === null) return
    if (this.#of(party) === 1) this.#byParty.delete(party)
    else this.#byParty.set(party, this.#of(party) - 1)
  }

  #of(party: string): number {
    return this.#byParty.get(party) ?? 0
  }
}
