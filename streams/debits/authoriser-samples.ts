import { type Emission, to } from '#core/processor'
import type {
  DebitDecision,
  KeptAccount,
  KeptHold,
  KeptRequest,
  LedgerEntry,
} from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { account_id, keptAccount, keptHold, nowMs, open } from '#streams/debits/debit-samples'
import { untried } from '#streams/debits/tries'

/** The event of every request of the samples. */
export const request_event_id = open(0).event_id
/** Where `drive` has its record. */
const origin = { origin_partition: 0, origin_offset: 7 }

/** A decision about the card of the samples, on an account that has 100 booked; approved where not said otherwise. */
export const decision = (changes: Partial<DebitDecision>): DebitDecision => ({
  account_id,
  request_id: 'd1',
  type: 'Debit',
  code: '00',
  reason: 'approved',
  asked: 30,
  amount: 30,
  currency: 'EUR',
  before: { posted: 100, held: 0 },
  after: { posted: 100, held: 0 },
  card_id: account_id,
  card_display: '999988******0001',
  branch: 1,
  number: 4711,
  hold_id: null,
  hold_left: null,
  original_id: null,
  decided_at: nowMs,
  ...origin,
  ...changes,
})

/** What became of a debit of 30. */
export const taken = decision({ after: { posted: 70, held: 0 } })
/** The decision, told. */
export const told = (of: DebitDecision, is_repeat = false) =>
  to(topics.debitDecisions, { account_id, request_event_id, is_repeat, decision: of })

/** The account with 100 booked, as the authoriser keeps it. */
export const accountRow = (changes: Partial<KeptAccount>) =>
  to(topics.debitRows, {
    id: 'a/token-1',
    kind: 'Account',
    account: keptAccount({ credits: 100, sequence: 1, ...changes }),
  })
export const holdRow = (changes: Partial<KeptHold> = {}) =>
  to(topics.debitRows, { id: 'h/token-1/h1', kind: 'Hold', hold: keptHold(changes) })
/** The request of a decision. 15 January 2026 lies in the 6807th of the buckets. */
export const requestRow = (
  of: DebitDecision,
  request: Partial<KeptRequest> = {},
  bucket = '00006807',
) =>
  to(topics.debitRows, {
    id: `r/${bucket}/token-1/${of.request_id}`,
    kind: 'Request',
    request: { ...untried, fingerprint: '', event_id: request_event_id, decision: of, ...request },
  })

/** An entry of the books for `d1`. */
export const entry = (changes: Partial<LedgerEntry>) =>
  to(topics.ledgerEntries, {
    account_id,
    request_id: 'd1',
    currency: 'EUR',
    postings: [],
    booked_at: nowMs,
    ...origin,
    ...changes,
  })
/** Money that leaves. */
export const out = (amount: number) => [
  { ledger_account: '1.0.0.0.01', nature: 'Credit' as const, amount },
  { ledger_account: '2.0.0.0.01', nature: 'Debit' as const, amount },
]
/** Money that comes in or back. */
export const into = (amount: number) => [
  { ledger_account: '1.0.0.0.01', nature: 'Debit' as const, amount },
  { ledger_account: '2.0.0.0.01', nature: 'Credit' as const, amount },
]
/** The line of the statement for a decision. */
export const line = (of: DebitDecision, sequence: number, text: string | null = null): Emission =>
  to(topics.statementEntries, {
    account_id,
    sequence,
    request_id: of.request_id,
    type: of.type,
    amount: of.after.posted - of.before.posted,
    currency: 'EUR',
    balance: of.after.posted,
    branch: 1,
    number: 4711,
    card_display: of.card_display,
    text,
    booked_at: nowMs,
    ...origin,
  })
