import { EndsRead } from '#core/ends-read'
import { placeText, type Position } from '#core/records'
import type { Write } from '#core/outputs'

/** Where a unit stands in its inputs: what it committed, and what it may commit next. */
export class Positions {
  readonly #input: string
  readonly #ends = new EndsRead()
  readonly #committed = new Map<string, Position>()

  /** `input` is the topic whose positions fence every transaction. */
  constructor(input: string) {
    this.#input = input
  }

  /** The unit was given these partitions, and goes on here. */
  assigned(positions: readonly Position[]): void {
    this.#ends.clear()
    this.#committed.clear()
    this.committed(positions)
  }

  committed(positions: readonly Position[]): void {
    for (const position of positions) this.#committed.set(placeText(position), position)
  }

  /** The client met an end; what it handed over before is still on its way to the unit. */
  met(end: Position): void {
    this.#ends.meet(end)
  }

  /** What was taken so far is in hand: the ends met behind it are read. */
  accepted(): void {
    this.#ends.settle()
  }

  /** What waited was dropped and is read again. */
  dropped(): void {
    this.#ends.clear()
  }

  /**
   * What a transaction with these writes commits: the positions behind the records, those of every other partition it
   * touches once more, since they are the fence, and the ends that were read whole; with `isWhole` every partition's,
   * also where nothing is new.
   */
  behind(
    writes: readonly Write[],
    isInHand: (partition: number) => boolean,
    isWhole = false,
  ): Position[] {
    const positions = new Map(isWhole ? this.#committed : [])
    for (let index = 0; index < writes.length; index++) {
      const { partition, behind } = writes[index]!
      // Of records one behind the other the last says where the unit goes on.
      if (behind && isSamePlace(behind, writes[index + 1]?.behind)) continue
      const place = { topic: this.#input, partition }
      const position =
        behind ?? positions.get(placeText(place)) ?? this.#committed.get(placeText(place))
      if (position) positions.set(placeText(position), position)
    }
    for (const end of this.#ends.ends()) {
      const name = placeText(end)
      const known = positions.get(name) ?? this.#committed.get(name)
      if (!isInHand(end.partition) && end.offset > (known?.offset ?? end.offset)) {
        positions.set(name, end)
      }
    }
    return [...positions.values()]
  }
}

const isSamePlace = (a: Position, b: Position | undefined): boolean =>
  b !== undefined && a.partition === b.partition && a.topic === b.topic
