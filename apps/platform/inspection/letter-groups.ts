import type { ReadLetter } from '#apps/platform/inspection/dead-letters'

/** What dead letters can be counted by. */
export const groupings = ['unit', 'error', 'tenant'] as const
export type Grouping = (typeof groupings)[number]

/** Dead letters that have the same in what they are counted by. */
export interface LetterGroup {
  /** What they share; of a tenant null where their originals name none. */
  readonly unit?: string
  readonly error?: string
  readonly tenant?: string | null
  readonly count: number
  /** When the first and the last of them were written, milliseconds since the epoch. */
  readonly oldestMs: number
  readonly newestMs: number
}

/** Counts dead letters one by one: of however many, only their groups are kept. */
export class LetterGroups {
  readonly #by: readonly Grouping[]
  readonly #groups = new Map<string, LetterGroup>()

  constructor(by: readonly Grouping[]) {
    this.#by = by
  }

  note(letter: ReadLetter): void {
    const { timestamp } = letter.record
    const shared = Object.fromEntries(this.#by.map((one) => [one, letter[one] ?? null]))
    const name = JSON.stringify(shared)
    const known = this.#groups.get(name)
    this.#groups.set(name, {
      ...shared,
      count: (known?.count ?? 0) + 1,
      oldestMs: Math.min(known?.oldestMs ?? timestamp, timestamp),
      newestMs: Math.max(known?.newestMs ?? timestamp, timestamp),
    })
  }

  /** The largest first. */
  all(): readonly LetterGroup[] {
    return [...this.#groups.values()].toSorted((one, other) => other.count - one.count)
  }
}
