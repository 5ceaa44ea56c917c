import type { Cells, ComparedTable } from '#apps/corrente/debits/postgres/row-comparison'
import type {
  DebitDecided,
  DebitDecision,
  LedgerEntry,
  StatementEntry,
} from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'

/** A table of the projection, how it is asked for, and the rows that a record of its topic must have there. */
export interface ProjectedDebits<Value> extends ComparedTable {
  /** What to select of it: its columns, moments as microseconds since the epoch. */
  readonly selected: string
  readonly orderBy: string
  /** `offset`: of the record. */
  rowsOf(value: Value, offset: number): readonly Cells[]
}

type Cell = string | number | null | undefined

const cellsOf = (...cells: readonly Cell[]): Cells =>
  cells.map((cell) => (cell === null || cell === undefined ? null : String(cell)))

/** Milliseconds as the microseconds that are selected. */
const instant = (ms: number): string => `${ms}000`

const isInstant = (column: string): boolean => column.endsWith('_at')

const selectedOf = (columns: readonly string[]): string =>
  columns
    .map((column) =>
      isInstant(column) ? `(extract(epoch from ${column}) * 1000000)::bigint` : column,
    )
    .join(', ')

const origin = ['origin_partition', 'origin_offset']

function table<Value>(
  name: string,
  key: ComparedTable['key'],
  columns: readonly string[],
  rowsOf: ProjectedDebits<Value>['rowsOf'],
): ProjectedDebits<Value> {
  const orderBy = columns
    .slice(0, key.length)
    // The order of a text's bytes, whatever the language of the database.
    .map((column, at) => (key[at] === 'text' ? `${column} collate "C"` : column))
    .join(', ')
  return { name: `debits.${name}`, key, columns, selected: selectedOf(columns), orderBy, rowsOf }
}

const balances = ['posted_before', 'held_before', 'posted_after', 'held_after']

export const decisionsTable = table<DebitDecided>(
  'decisions',
  ['number', 'number', 'number'],
  [
    ...[
      ...origin,
      'decision_offset',
      'account_id',
      'request_id',
      'type',
      'code',
      'reason',
      'asked',
      'amount',
    ],
    ...['currency', ...balances, 'card_id', 'card_display', 'branch', 'number', 'hold_id'],
    ...['hold_left', 'original_id', 'decided_at'],
  ],
  ({ is_repeat, decision }, offset) => (is_repeat ? [] : [decisionCells(decision, offset)]),
)

const decisionCells = (one: DebitDecision, offset: number): Cells =>
  cellsOf(
    ...[one.origin_partition, one.origin_offset, offset, one.account_id, one.request_id],
    ...[one.type, one.code, one.reason, one.asked, one.amount, one.currency],
    ...[one.before.posted, one.before.held, one.after.posted, one.after.held],
    ...[one.card_id, one.card_display, one.branch, one.number, one.hold_id, one.hold_left],
    ...[one.original_id, instant(one.decided_at)],
  )

/** What lies on an account after the last decision that could change it. */
export const accountsTable = table<DebitDecided>(
  'accounts',
  ['number', 'text'],
  [
    ...['origin_partition', 'account_id', 'currency', 'posted', 'held', 'branch', 'number'],
    ...['decided_at', 'origin_offset'],
  ],
  ({ is_repeat, decision }) => {
    if (is_repeat || !isApproved(decision.code)) return []
    const { origin_partition, account_id, currency, after, branch, number } = decision
    const { decided_at, origin_offset } = decision
    const place = [origin_partition, account_id, currency]
    const rest = [after.posted, after.held, branch, number, instant(decided_at), origin_offset]
    return [cellsOf(...place, ...rest)]
  },
)

export const entriesTable = table<LedgerEntry>(
  'ledger_entries',
  ['number', 'number'],
  [...origin, 'account_id', 'request_id', 'currency', 'booked_at'],
  (one) => [
    cellsOf(
      ...[one.origin_partition, one.origin_offset, one.account_id, one.request_id],
      ...[one.currency, instant(one.booked_at)],
    ),
  ],
)

export const postingsTable = table<LedgerEntry>(
  'ledger_postings',
  ['number', 'number', 'number'],
  [...origin, 'ordinal', 'ledger_account', 'nature', 'amount', 'currency'],
  ({ origin_partition, origin_offset, currency, postings }) =>
    postings.map(({ ledger_account, nature, amount }, ordinal) =>
      cellsOf(origin_partition, origin_offset, ordinal, ledger_account, nature, amount, currency),
    ),
)

export const linesTable = table<StatementEntry>(
  'statement_lines',
  ['number', 'number'],
  [
    ...[...origin, 'account_id', 'sequence', 'request_id', 'type', 'amount', 'currency'],
    ...['balance', 'branch', 'number', 'card_display', 'text', 'booked_at'],
  ],
  (one) => [
    cellsOf(
      ...[one.origin_partition, one.origin_offset, one.account_id, one.sequence],
      ...[one.request_id, one.type, one.amount, one.currency, one.balance, one.branch],
      ...[one.number, one.card_display, storedText(one.text), instant(one.booked_at)],
    ),
  ],
)

/** U+0000 is the one character that Postgres cannot keep. */
const storedText = (text: string | null): string | null => text?.replaceAll('\0', '\ufffd') ?? null
