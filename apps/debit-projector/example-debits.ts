import type {
  DebitDecided,
  DebitDecision,
  LedgerEntry,
  StatementEntry,
} from '#schemas/generated/types'

/** Records of the topics of debits, for tests: a debit of 1.00, approved. */
const decidedAt = Date.parse('2026-01-15T09:00:00Z')

const envelope = {
  event_id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'test:1',
}

export const decidedOf = (decision: Partial<DebitDecision> = {}): DebitDecided => ({
  account_id: decision.account_id ?? 'token-1',
  request_event_id: envelope.event_id,
  is_repeat: false,
  decision: {
    account_id: 'token-1',
    request_id: 'request-1',
    type: 'Debit',
    code: '00',
    reason: 'approved',
    asked: 100,
    amount: 100,
    currency: 'BRL',
    before: { posted: 500, held: 0 },
    after: { posted: 400, held: 0 },
    card_id: 'card-1',
    card_display: '888877******0001',
    branch: 1,
    number: 1234,
    hold_id: null,
    hold_left: null,
    original_id: null,
    decided_at: decidedAt,
    origin_partition: 3,
    origin_offset: 41,
    ...decision,
  },
  ...envelope,
})

export const entryOf = (entry: Partial<LedgerEntry> = {}): LedgerEntry => ({
  account_id: 'token-1',
  request_id: 'request-1',
  currency: 'BRL',
  postings: [
    { ledger_account: '2.0.0.0.01', nature: 'Debit', amount: 100 },
    { ledger_account: '1.0.0.0.01', nature: 'Credit', amount: 100 },
  ],
  booked_at: decidedAt,
  origin_partition: 3,
  origin_offset: 41,
  ...envelope,
  ...entry,
})

export const lineOf = (line: Partial<StatementEntry> = {}): StatementEntry => ({
  account_id: 'token-1',
  sequence: 1,
  request_id: 'request-1',
  type: 'Debit',
  amount: -100,
  currency: 'BRL',
  balance: 400,
  branch: 1,
  number: 1234,
  card_display: '888877******0001',
  text: 'padaria',
  booked_at: decidedAt,
  origin_partition: 3,
  origin_offset: 41,
  ...envelope,
  ...line,
})
