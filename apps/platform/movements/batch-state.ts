import pg from 'pg'
import type { QueryFile } from '#apps/platform/movements/query-file'
import type { Row, Snapshot, Table } from '#apps/platform/movements/snapshot'
import { RejectedError } from '#core/errors'

/** What the query of versions says of a batch. */
export interface BatchState {
  readonly version: string | null
  /** Since when the batch is so; undefined where it does not say. */
  readonly asOf: Date | undefined
}

const versionCharactersMax = 200

/** Throws RejectedError: 'no-batch' where the query gives no row, 'bad-query' where it gives what names no state. */
export async function stateOf(
  snapshot: Pick<Snapshot, 'table'>,
  query: QueryFile,
  values: Row,
): Promise<BatchState> {
  const wrong = (what: string) => new RejectedError('bad-query', `${query.setting}: ${what}`)
  const { columns, rows } = await snapshot.table(query, values)
  const versionAt = columns.findIndex(({ name }) => name === 'version')
  const asOfAt = columns.findIndex(({ name }) => name === 'as_of')
  if (versionAt < 0) throw wrong('the query gives no column version')
  if (asOfAt >= 0 && columns[asOfAt]!.typeOid !== (pg.types.builtins.TIMESTAMPTZ as number)) {
    throw wrong('its column as_of is no timestamp with time zone')
  }
  const row = await onlyRow(rows, () => wrong('the query gives more than one row'))
  if (row === undefined) throw new RejectedError('no-batch', 'there is no such batch')
  const version = row[versionAt]!
  if (version !== null && version.length > versionCharactersMax) {
    throw wrong(`a version has more than ${versionCharactersMax} characters`)
  }
  const text = row[asOfAt] ?? undefined
  const asOf = text === undefined ? undefined : instantOf(text)
  if (Number.isNaN(asOf?.getTime())) throw wrong('its as_of is no instant of the calendar')
  return { version, asOf }
}

async function onlyRow(rows: Table['rows'], otherwise: () => Error): Promise<Row | undefined> {
  let only: Row | undefined
  for await (const row of rows) {
    if (only !== undefined) throw otherwise()
    only = row
  }
  return only
}

/** `2026-01-31 23:00:00.123456+00`, as a snapshot has it; not a date where it is `infinity` or before our era. */
const instantOf = (text: string): Date => new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z'))
