import type { DebitDecided, DebitDecision, DebitRequest } from '#schemas/generated/types'
import { debits } from '#schemas/topics'
import { Ahead } from '#streams/debits/verification/ahead'
import { BookCheck } from '#streams/debits/verification/book-check'
import type { CardBooks } from '#streams/debits/verification/card-check'
import { DecisionCheck } from '#streams/debits/verification/decision-check'
import {
  type Placed,
  placeIn,
  type PlacedRequest,
  type ReadRequest,
} from '#streams/debits/verification/placed'
import type { Redecision } from '#streams/debits/verification/redecision'
import { UnsettledHolds } from '#streams/debits/verification/timer-check'
import type { TrialBalance } from '#streams/debits/verification/trial-balance'
import type { Violations } from '#streams/debits/verification/violations'

interface Given {
  readonly partition: number
  readonly violations: Violations
  readonly balance: TrialBalance
  readonly cards: CardBooks
  /** Offsets of requests that were set aside as dead letters. */
  readonly letters: ReadonlySet<number>
  /** Dead letters that were sent back: decided whenever that was, and named by their first place. */
  readonly sentBack: readonly PlacedRequest[]
  /** Decides requests again, where that is wanted. */
  readonly redecision?: Redecision | undefined
  /** Id of an event that the state holds something of. */
  readonly awaited?: string | undefined
}

/**
 * One partition of all topics of debits, in the order in which it was decided: to each request its decision, to each
 * decision what was booked. Whoever feeds it pushes decisions, entries and lines while they are short, then hands over
 * the next request.
 */
export class PartitionCheck {
  readonly decisions = new Ahead<Placed<DebitDecided>>(({ value }) => value.request_event_id)
  readonly decided: DecisionCheck
  readonly books: BookCheck
  readonly unsettled = new UnsettledHolds()
  readonly counts = { requests: 0, letters: 0 }
  readonly #given: Given
  readonly #sentBack = new Map<string, PlacedRequest[]>()
  #hasMetAwaited: boolean

  constructor(given: Given) {
    this.#given = given
    this.#hasMetAwaited = given.awaited === undefined
    this.decided = new DecisionCheck(given)
    this.books = new BookCheck(given)
    for (const one of given.sentBack) {
      const { event_id } = one.request
      this.#sentBack.set(event_id, [...(this.#sentBack.get(event_id) ?? []), one])
    }
  }

  /** Whether the request came of which the state holds something. */
  get hasMetAwaited(): boolean {
    return this.#hasMetAwaited
  }

  /** Dead letters that were sent back and not decided so far. */
  get sentBackLeft(): readonly PlacedRequest[] {
    return [...this.#sentBack.values()].flat()
  }

  get isShort(): boolean {
    return this.decisions.isShort || this.books.isShort
  }

  /** The next request of the log. */
  handle({ offset, timestamp, request, isOtherVersion = false }: ReadRequest): void {
    const { partition, letters } = this.#given
    this.#settleSentBack(request?.event_id)
    if (isOtherVersion) return
    this.counts.requests += 1
    if (letters.has(offset)) this.#setAside(request)
    else if (request) this.#settle({ partition, offset, timestamp, request })
    else this.#undecided(offset, 'it cannot be read', null)
  }

  /** A request that is not looked at: it may have been decided since. */
  undecided(request: DebitRequest): void {
    this.unsettled.undecided(request)
    this.#given.cards.undecided(request)
  }

  /** No more requests come that count. */
  finish(): void {
    this.#settleSentBack(undefined)
    for (const left of this.#sentBack.values()) {
      for (const one of left) if (this.#isOverHold(one.request)) this.#settle(one)
    }
  }

  #setAside(request: DebitRequest | undefined): void {
    this.counts.letters += 1
    // It may be sent back at any time.
    if (request) this.undecided(request)
  }

  // A dead letter that was sent back is decided where its decision lies, not where it lay itself.
  #settleSentBack(nextId: string | undefined): void {
    for (;;) {
      const id = this.decisions.next?.value.request_event_id
      const one = id === undefined || id === nextId ? undefined : this.#sentBack.get(id)?.shift()
      if (!one) return
      this.#settle(one)
    }
  }

  #settle(placed: PlacedRequest): void {
    const { request, offset } = placed
    if (request.event_id === this.#given.awaited) this.#hasMetAwaited = true
    const { found, passed } = this.decisions.take(request.event_id)
    for (const decided of passed) this.decided.unasked(decided)
    const redecided = this.#given.redecision?.decide(placed)
    if (found) {
      this.decided.answered(placed, found, redecided)
      if (!found.value.is_repeat) this.#first(request, found.value.decision)
    } else if (request.type === 'HoldDue' && this.#isOverHold(request)) {
      this.decided.accounts.holdIsOver(request.account_id, request.hold_due.hold_id)
    } else this.#undecided(offset, request.type, request.account_id)
  }

  #first(request: DebitRequest, decision: DebitDecision): void {
    this.books.decided(request, decision)
    this.#given.cards.decided(request, decision)
  }

  /** The time of a hold is over of which nothing is left: nobody is told. */
  #isOverHold(request: DebitRequest): boolean {
    if (request.type !== 'HoldDue') return false
    return this.decided.accounts.leftOf(request.account_id, request.hold_due.hold_id) === 0
  }

  #undecided(offset: number, what: string, account_id: string | null): void {
    const { partition, violations } = this.#given
    const at = placeIn(debits, partition, offset)
    violations.note({ kind: 'undecided-request', at, account_id, what })
  }
}
