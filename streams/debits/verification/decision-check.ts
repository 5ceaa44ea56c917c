import type { DebitDecided } from '#schemas/generated/types'
import { debitDecisions } from '#schemas/topics'
import { AccountBooks } from '#streams/debits/verification/account-books'
import { differing } from '#streams/debits/verification/differing'
import { FirstDecisions } from '#streams/debits/verification/first-decisions'
import {
  originText,
  type Placed,
  placeIn,
  type PlacedRequest,
} from '#streams/debits/verification/placed'
import { reasonProblem } from '#streams/debits/verification/reason-check'
import type { Redecided } from '#streams/debits/verification/redecision'
import type { TrialBalance } from '#streams/debits/verification/trial-balance'
import type { ViolationKind, Violations } from '#streams/debits/verification/violations'

interface Given {
  readonly partition: number
  readonly violations: Violations
  readonly balance: TrialBalance
}

/** The decisions of one partition, each with the request it answers, in the order in which they were made. */
export class DecisionCheck {
  readonly accounts = new AccountBooks()
  readonly counts = { decisions: 0, repeats: 0 }
  readonly #given: Given
  readonly #firsts = new FirstDecisions()

  constructor(given: Given) {
    this.#given = given
  }

  /** `redecided`: what it comes to where it is decided again. */
  answered(placed: PlacedRequest, found: Placed<DebitDecided>, redecided?: Redecided): void {
    const { is_repeat, decision } = found.value
    this.#tellsOf(placed, found)
    if (is_repeat) this.counts.repeats += 1
    else this.#first(found)
    if (redecided) this.#compare(found, redecided)
    else if (!is_repeat) this.#firsts.note(placed.request, decision)
    else if (this.#firsts.has(decision)) this.#firsts.toldAgain(placed.request, decision)
    else this.#note(found, 'altered-repeat', `it is not what is told of ${originText(decision)}`)
  }

  /** One that answers no request. */
  unasked(found: Placed<DebitDecided>): void {
    const { is_repeat, decision } = found.value
    const what = `${is_repeat ? 'a repeat' : decision.type} of ${originText(decision)}`
    this.#note(found, 'unasked-decision', what)
  }

  #tellsOf({ partition, offset, timestamp, request }: PlacedRequest, found: Placed<DebitDecided>) {
    const { account_id, request_id, type } = request
    const { is_repeat } = found.value
    const always = { account_id, request_id }
    const place = { origin_partition: partition, origin_offset: offset, decided_at: timestamp }
    const wanted = { account_id, decision: is_repeat ? always : { ...always, type, ...place } }
    const differences = differing(wanted, found.value)
    if (differences.length === 0) return
    const at = originText({ origin_partition: partition, origin_offset: offset })
    this.#note(found, 'mistaken-decision', `it answers ${at}: ${differences.join(', ')}`)
  }

  #first(found: Placed<DebitDecided>): void {
    const { decision } = found.value
    this.counts.decisions += 1
    this.#given.balance.decided(decision)
    const reason = reasonProblem(decision)
    if (reason !== undefined) this.#note(found, 'wrong-reason', reason)
    for (const { kind, what } of this.accounts.decided(decision)) this.#note(found, kind, what)
  }

  #compare(found: Placed<DebitDecided>, redecided: Redecided): void {
    const again = 'decided again'
    if ('failure' in redecided) {
      this.#note(found, 'other-decision', `${again} it is set aside: ${redecided.failure}`)
    } else if (!redecided.told) {
      this.#note(found, 'other-decision', `${again} nobody is told anything`)
    } else {
      const differences = differing(redecided.told, found.value)
      if (differences.length === 0) return
      const isRepeat = redecided.told.is_repeat && found.value.is_repeat
      const what = `${again}: ${differences.join(', ')}`
      this.#note(found, isRepeat ? 'altered-repeat' : 'other-decision', what)
    }
  }

  #note({ offset, value }: Placed<DebitDecided>, kind: ViolationKind, what: string): void {
    const { partition, violations } = this.#given
    const at = placeIn(debitDecisions, partition, offset)
    violations.note({ kind, at, account_id: value.account_id, what })
  }
}
