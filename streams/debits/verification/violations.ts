/** Everything that can be wrong with the books, and what it means. */
export const violationKinds = {
  'undecided-request': 'a request that was read has no decision and is no dead letter',
  'unasked-decision': 'a decision answers no request, or one that has its decision',
  'mistaken-decision': 'a decision tells of another request than the one it answers',
  'wrong-reason': 'reason, code, what was asked for and the amount do not go together',
  'broken-chain': 'what a decision finds on the account is not what the last one left there',
  'wrong-effect': 'what a decision leaves does not follow from its type and amount',
  'wrong-hold': 'what is left of a hold, or of all of an account, does not follow',
  'overdrawn-account': 'less than nothing is available or held',
  'altered-repeat': 'a decision that is told again is not the first one',
  'other-decision': 'decided again, the request comes to something else',
  'missing-entry': 'what was booked has no entry in the books',
  'unasked-entry': 'an entry of the books has no decision, or a second one of it',
  'wrong-entry': 'an entry of the books does not say what was decided',
  'unbalanced-entry': 'the sides of an entry do not add up to zero',
  'unbalanced-books': 'all entries together do not say what lies on all accounts',
  'missing-line': 'what was booked has no line in the statement',
  'unasked-line': 'a line of a statement has no decision, or a second one of it',
  'wrong-line': 'a line of a statement does not say what was decided, or is out of its place',
  'unreadable-record': 'a record cannot be read',
  'missing-row': 'what was decided is not in the state',
  'unasked-row': 'the state has a row that nothing decided',
  'wrong-row': 'a row of the state is not what was decided',
  'missing-timer': 'a hold has no timer that ends it at its time',
  'unasked-timer': 'a timer is armed for no hold, or not at its time',
  'missing-card': 'which account a card draws on is not told',
  'unasked-card': 'a card is said to draw on an account that it was not given to',
  'missing-in-postgres': 'a record has no row in Postgres',
  'unasked-in-postgres': 'Postgres has a row of no record',
  'wrong-in-postgres': 'a row in Postgres is not what its record says',
} as const

export type ViolationKind = keyof typeof violationKinds

/** One thing that is wrong. No personal value is in it: places, tokens of accounts, amounts. */
export interface Violation {
  readonly kind: ViolationKind
  /** `<topic>@<partition>:<offset>`, or the key of a row. */
  readonly at: string
  /** Token of the account, where one is concerned. */
  readonly account_id: string | null
  readonly what: string
}

/** What was found of one kind: how often, and the first ones. */
export interface ViolationsOfKind {
  readonly kind: ViolationKind
  readonly meaning: string
  readonly count: number
  readonly first: readonly Violation[]
}

const toldMax = 20

/** What is wrong, in bounded memory: of each kind the first 20, and how many there are. */
export class Violations {
  readonly #byKind = new Map<ViolationKind, { count: number; readonly first: Violation[] }>()

  note(violation: Violation): void {
    const found = this.#byKind.get(violation.kind) ?? { count: 0, first: [] }
    this.#byKind.set(violation.kind, found)
    found.count += 1
    if (found.first.length < toldMax) found.first.push(violation)
  }

  get count(): number {
    let sum = 0
    for (const { count } of this.#byKind.values()) sum += count
    return sum
  }

  list(): readonly ViolationsOfKind[] {
    return Array.from(this.#byKind, ([kind, { count, first }]) => {
      return { kind, meaning: violationKinds[kind], count, first }
    })
  }
}
