import type { DebitDecision, DebitRequest, StatementEntry } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { bookedBy } from '#streams/debits/verification/entry-check'
import { differing } from '#streams/debits/verification/differing'

/** The place of the last line of each account's statement. */
export class StatementSequences {
  readonly #last = new Map<string, number>()
  /** Lines that were missed behind that, and may have had a place. */
  readonly #missed = new Map<string, number>()

  /** Lines of the account so far. */
  of(accountId: string): number {
    return this.#last.get(accountId) ?? 0
  }

  /** In which members the line of a decision is not what it should be; the next one follows on it. */
  differences(
    request: DebitRequest,
    decision: DebitDecision,
    line: StatementEntry,
  ): readonly string[] {
    const { account_id } = decision
    const next = this.of(account_id) + 1
    const last = next + (this.#missed.get(account_id) ?? 0)
    const isInPlace = line.sequence >= next && line.sequence <= last
    this.#last.set(account_id, line.sequence)
    this.#missed.delete(account_id)
    return differing(wantedLine(request, decision, isInPlace ? line.sequence : next), line)
  }

  /** A line is missing, and was told as that. */
  miss(accountId: string): void {
    this.#missed.set(accountId, (this.#missed.get(accountId) ?? 0) + 1)
  }
}

const wantedLine = (
  request: DebitRequest,
  decision: DebitDecision,
  sequence: number,
): Unstamped<StatementEntry> => ({
  account_id: decision.account_id,
  sequence,
  request_id: decision.request_id,
  type: decision.type,
  amount: bookedBy(decision),
  currency: decision.currency,
  balance: decision.after.posted,
  branch: decision.branch,
  number: decision.number,
  card_display: decision.card_display,
  text: textOf(request),
  booked_at: decision.decided_at,
  origin_partition: decision.origin_partition,
  origin_offset: decision.origin_offset,
})

/** What the statement is to say of the request. */
function textOf(request: DebitRequest): string | null {
  switch (request.type) {
    case 'Credit':
      return request.credit.text
    case 'Debit':
      return request.debit.text
    case 'Refund':
      return request.refund.text
    case 'Post':
      return request.post.text
    case 'OpenAccount':
    case 'AddCard':
    case 'ChangeStatus':
    case 'Authorise':
    case 'Increment':
    case 'Void':
    case 'Reverse':
    case 'HoldDue':
      return null
  }
}
