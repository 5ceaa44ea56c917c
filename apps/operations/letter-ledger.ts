import { type DeadLetter, placeOf } from '#core/redrive'
import type { Redrive } from '#schemas/generated/types'

/** What is kept of a dead letter: no value, no words of an error. */
export interface OpenLetter {
  readonly unit: string
  readonly partition: number
  readonly offset: number
  /** When it was written, milliseconds since the epoch. */
  readonly timestamp: number
  readonly error: string
  readonly attempts: number
  readonly redrives: number
  /** Where the original stands, `<topic>@<partition>:<offset>`. */
  readonly origin: string
}

/** Letters of a unit of which more than the place is kept: the newest. */
export const lettersKeptMax = 1_000

class UnitLetters {
  /** Places of all that are undecided. */
  readonly open = new Set<string>()
  readonly newest = new Map<string, OpenLetter>()

  add(place: string, letter: OpenLetter): void {
    this.open.add(place)
    this.newest.set(place, letter)
    const [oldest] = this.newest.keys()
    if (this.newest.size > lettersKeptMax && oldest !== undefined) this.newest.delete(oldest)
  }

  remove(place: string): boolean {
    this.newest.delete(place)
    return this.open.delete(place)
  }
}

const nameOf = (partition: number, offset: number) => `${partition}:${offset}`

/** The dead letters nobody has decided on, as letters and decisions are read, in whatever order. */
export class LetterLedger {
  readonly #units = new Map<string, UnitLetters>()
  /** Decisions read before their letter. */
  readonly #early = new Set<string>()

  note({ unit, record, origin, error, attempts, redrives }: DeadLetter): void {
    const { partition, offset, timestamp } = record
    const place = nameOf(partition, offset)
    if (this.#early.delete(`${unit}/${place}`)) return
    const letters = this.#units.get(unit) ?? new UnitLetters()
    this.#units.set(unit, letters)
    const told = { error, attempts, redrives, origin: placeOf(origin) }
    letters.add(place, { unit, partition, offset, timestamp, ...told })
  }

  decide({ unit, partition, offset }: Pick<Redrive, 'unit' | 'partition' | 'offset'>): void {
    const place = nameOf(partition, offset)
    if (!this.#units.get(unit)?.remove(place)) this.#early.add(`${unit}/${place}`)
  }

  /** How many letters of a unit nobody has decided on. */
  countOf(unit: string): number {
    return this.#units.get(unit)?.open.size ?? 0
  }

  /** The newest of them, of all units or of one. */
  newest(count: number, unit?: string): readonly OpenLetter[] {
    return [...this.#units]
      .filter(([name]) => unit === undefined || name === unit)
      .flatMap(([, letters]) => [...letters.newest.values()])
      .toSorted((one, other) => other.timestamp - one.timestamp)
      .slice(0, count)
  }
}
