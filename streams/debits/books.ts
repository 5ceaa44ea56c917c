import type {
  DebitDecision,
  KeptAccount,
  LedgerEntry,
  Posting,
  StatementEntry,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'

/** Accounts of the books: what is paid out or comes in, and what is owed to account holders. */
export const [moneyAccount, depositsAccount] = ['1.0.0.0.01', '2.0.0.0.01'] as const

/** Both sides of what is booked: minor units, below zero where money leaves the account. */
export function postingsOf(booked: number): readonly Posting[] {
  const amount = Math.abs(booked)
  const isOut = booked < 0
  return [
    { ledger_account: moneyAccount, nature: isOut ? 'Credit' : 'Debit', amount },
    { ledger_account: depositsAccount, nature: isOut ? 'Debit' : 'Credit', amount },
  ]
}

/** The entry of the books for a decision. */
export const ledgerEntryOf = (
  decision: DebitDecision,
  postings: readonly Posting[],
): Unstamped<LedgerEntry> => ({
  account_id: decision.account_id,
  request_id: decision.request_id,
  currency: decision.currency,
  postings,
  booked_at: decision.decided_at,
  origin_partition: decision.origin_partition,
  origin_offset: decision.origin_offset,
})

/** The line of the statement for a decision, on the account as the decision leaves it. */
export const statementEntryOf = (
  decision: DebitDecision,
  { sequence, branch, number }: KeptAccount,
  text: string | null,
): Unstamped<StatementEntry> => ({
  account_id: decision.account_id,
  sequence,
  request_id: decision.request_id,
  type: decision.type,
  amount: decision.after.posted - decision.before.posted,
  currency: decision.currency,
  balance: decision.after.posted,
  branch,
  number,
  card_display: decision.card_display,
  text,
  booked_at: decision.decided_at,
  origin_partition: decision.origin_partition,
  origin_offset: decision.origin_offset,
})
