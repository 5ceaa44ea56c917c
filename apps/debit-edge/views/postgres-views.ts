import pg from 'pg'
import type {
  BalanceView,
  DebitViews,
  EntryView,
  StatementLineView,
} from '#apps/debit-edge/views/debit-views'
import { TransientError } from '#core/errors'

const connectMsMax = 2_000
const queryMsMax = 2_000
const connectionsMax = 4

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint as ${column}`

const balanceQuery = `
  select account_id, currency, posted, held, branch, number, ${epochMs('decided_at')}
  from debits.accounts where account_id = $1`

const statementQuery = `
  select sequence, request_id, type, amount, currency, balance, card_display, text, ${epochMs('booked_at')}
  from debits.statement_lines
  where account_id = $1 and sequence < $3
  order by sequence desc limit $2`

const entriesQuery = `
  select request_id, currency, ${epochMs('booked_at')}, origin_partition, origin_offset,
    (select json_agg(json_build_object('ledger_account', ledger_account, 'nature', nature, 'amount', amount)
       order by ordinal)
     from debits.ledger_postings p
     where p.origin_partition = e.origin_partition and p.origin_offset = e.origin_offset) as postings
  from debits.ledger_entries e
  where account_id = $1
    and (e.booked_at, e.origin_partition, e.origin_offset) < (to_timestamp($3::bigint / 1000.0), $4, $5)
  order by e.booked_at desc, e.origin_partition desc, e.origin_offset desc limit $2`

/** Behind everything there is. */
const theEnd = {
  booked_at: 9_999_999_999_999,
  origin_partition: 2_147_483_647,
  origin_offset: Number.MAX_SAFE_INTEGER,
}

type TypeParser = ReturnType<pg.CustomTypesConfig['getTypeParser']>

/** No amount and no offset has more digits than a number holds. */
const bigintAsNumber: pg.CustomTypesConfig = {
  getTypeParser: (oid): TypeParser =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, 'text'),
}

/** The views of a database. Opens nothing yet: connections are made when they are needed, and made anew when they break. */
export function postgresViews(url: string): DebitViews {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: queryMsMax,
    application_name: 'corrente-debit-edge',
    max: connectionsMax,
    types: bigintAsNumber,
  })
  // A connection that breaks while nobody uses it is replaced.
  pool.on('error', () => undefined)
  const rows = async <Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    try {
      return (await pool.query(text, [...values])).rows as Row[]
    } catch {
      throw new TransientError('the database of what was booked does not answer')
    }
  }
  return {
    balance: async (accountId) => (await rows<BalanceView>(balanceQuery, [accountId]))[0],
    statement: (accountId, count, before = Number.MAX_SAFE_INTEGER) =>
      rows<StatementLineView>(statementQuery, [accountId, count, before]),
    entries: (accountId, count, before = theEnd) =>
      rows<EntryView>(entriesQuery, [
        accountId,
        count,
        before.booked_at,
        before.origin_partition,
        before.origin_offset,
      ]),
    close: () => pool.end(),
  }
}
