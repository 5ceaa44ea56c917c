import {
  type Decisions,
  readDeadLetters,
  readDecisions,
  type ReadLetter,
} from '#apps/platform/inspection/dead-letters'
import { isDeclared } from '#apps/platform/inspection/gone-units'
import {
  type Grouping,
  type LetterGroup,
  LetterGroups,
} from '#apps/platform/inspection/letter-groups'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import {
  isLeftOut,
  isSelected,
  type LetterSelection,
} from '#apps/platform/operating/letter-selection'
import { type Decision, placeOf } from '#core/redrive'

/** A dead letter as it is listed: no value, no words of an error. */
export interface ListedLetter {
  readonly place: string
  readonly time: string
  readonly error: string
  readonly attempts: number
  readonly redrives: number
  readonly origin: string
  /** Of a list where tenants matter; null where the original names none. */
  readonly tenant?: string | null
  readonly decision: Pick<Decision, 'action' | 'at'> | null
}

/** What was found: everything is counted, and no more than was asked for is kept. */
export interface FoundLetters {
  readonly count: number
  readonly undecided: number
  /** Letters that do not say whose they are, where only a tenant's were asked for. */
  readonly leftOut: number
  /** Units among them that are no part of this version. */
  readonly gone: readonly string[]
  readonly groups: readonly LetterGroup[]
  readonly letters: readonly ListedLetter[]
}

interface Listing {
  /** Those that were decided on, too. */
  readonly isAll: boolean
  /** What they are counted by; none of them is listed then. */
  readonly by: readonly Grouping[]
  readonly shownMax: number
}

/** Finds the dead letters that are meant. */
export async function listLetters(
  log: LogAccess,
  selections: readonly LetterSelection[],
  listing: Listing,
): Promise<FoundLetters> {
  const found = new Found(await readDecisions(log), listing)
  for (const selection of selections) {
    const areTenantsRead = selection.tenant !== undefined || listing.by.includes('tenant')
    for await (const letters of readDeadLetters(log, selection.unit, { areTenantsRead })) {
      for (const letter of letters) found.note(selection, letter)
    }
  }
  return found.all()
}

/** What is found, letter by letter. */
export class Found {
  readonly #decisions: Pick<Decisions, 'of'>
  readonly #listing: Listing
  readonly #groups: LetterGroups
  readonly #letters: ListedLetter[] = []
  readonly #gone = new Set<string>()
  #count = 0
  #undecided = 0
  #leftOut = 0

  constructor(decisions: Pick<Decisions, 'of'>, listing: Listing) {
    this.#decisions = decisions
    this.#listing = listing
    this.#groups = new LetterGroups(listing.by)
  }

  note(selection: LetterSelection, letter: ReadLetter): void {
    const { isAll, by, shownMax } = this.#listing
    const decision = this.#decisions.of(letter)
    if (decision && !isAll) return
    if (isLeftOut(selection, letter)) this.#leftOut += 1
    if (!isSelected(selection, letter)) return
    this.#count += 1
    if (!decision) this.#undecided += 1
    if (!isDeclared(letter.unit)) this.#gone.add(letter.unit)
    if (by.length > 0) this.#groups.note(letter)
    else if (this.#letters.length < shownMax)
      this.#letters.push(listed(selection, letter, decision))
  }

  all(): FoundLetters {
    return {
      count: this.#count,
      undecided: this.#undecided,
      leftOut: this.#leftOut,
      gone: [...this.#gone],
      groups:
        this.#listing.by.length > 0 ? this.#groups.all().slice(0, this.#listing.shownMax) : [],
      letters: this.#letters,
    }
  }
}

const listed = (
  { tenant: asked }: LetterSelection,
  { record, error, attempts, redrives, origin, tenant }: ReadLetter,
  decision: Decision | undefined,
): ListedLetter => ({
  place: placeOf(record),
  time: new Date(record.timestamp).toISOString(),
  error,
  attempts,
  redrives,
  origin: placeOf(origin),
  ...(asked === undefined ? {} : { tenant: tenant ?? null }),
  decision: decision ? { action: decision.action, at: decision.at } : null,
})
