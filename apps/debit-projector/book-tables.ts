import { projectedTable } from '#apps/platform/projection/projected-table'
import type { LedgerEntry, StatementEntry } from '#schemas/generated/types'
import { ledgerEntries as entriesTopic, statementEntries } from '#schemas/topics'

export const ledgerEntries = projectedTable(
  {
    name: 'ledger_entries',
    from: entriesTopic,
    rows: (entry: LedgerEntry) => [entry],
  },
  {
    origin_partition: 'integer',
    origin_offset: 'bigint',
    account_id: 'text',
    request_id: 'text',
    currency: 'text',
    booked_at: 'instant',
  },
)

export const ledgerPostings = projectedTable(
  {
    name: 'ledger_postings',
    from: entriesTopic,
    rows: (entry: LedgerEntry) =>
      entry.postings.map((posting, ordinal) => ({ entry, posting, ordinal })),
  },
  {
    origin_partition: { kind: 'integer', of: ({ entry }) => entry.origin_partition },
    origin_offset: { kind: 'bigint', of: ({ entry }) => entry.origin_offset },
    ordinal: 'integer',
    ledger_account: { kind: 'text', of: ({ posting }) => posting.ledger_account },
    nature: { kind: 'text', of: ({ posting }) => posting.nature },
    amount: { kind: 'bigint', of: ({ posting }) => posting.amount },
    currency: { kind: 'text', of: ({ entry }) => entry.currency },
  },
)

export const statementLines = projectedTable(
  {
    name: 'statement_lines',
    from: statementEntries,
    rows: (line: StatementEntry) => [line],
  },
  {
    account_id: 'text',
    sequence: 'bigint',
    request_id: 'text',
    type: 'text',
    amount: 'bigint',
    currency: 'text',
    balance: 'bigint',
    branch: 'integer',
    number: 'bigint',
    card_display: 'text',
    text: 'text',
    booked_at: 'instant',
    origin_partition: 'integer',
    origin_offset: 'bigint',
  },
)
