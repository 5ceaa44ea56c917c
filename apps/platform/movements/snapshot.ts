import pg from 'pg'
import Cursor from 'pg-cursor'
import { within } from '#apps/platform/deadline'
import { queryFailure } from '#apps/platform/movements/query-failure'
import type { QueryFile } from '#apps/platform/movements/query-file'
import { TransientError } from '#core/errors'
import { unlessAborted } from '#core/unless-aborted'

/** What a query gives: cells as Postgres writes them. */
export interface Table {
  readonly columns: readonly { readonly name: string; readonly typeOid: number }[]
  readonly isEmpty: boolean
  /** Read once, and to the end: nothing else is asked before. */
  readonly rows: AsyncIterable<Row>
}

export type Row = readonly (string | null)[]

/** One state of a database, read and not written. Whoever opens one finishes or drops it. */
export interface Snapshot {
  /** When it was taken, by the clock of the database. */
  readonly takenAt: Date
  /** Runs a query up to its first rows. Throws RejectedError 'bad-query' or 'bad-value', TransientError. */
  table(query: QueryFile, values: Row): Promise<Table>
  /** Its connection serves others. */
  finish(): Promise<void>
  /** Ends its connection, and with it what is running there; nothing where it is over. */
  drop(): void
}

interface Options {
  readonly pool: pg.Pool
  /** Longest wait for rows, milliseconds. */
  readonly msMax: number
  /** Its abort drops the snapshot. */
  readonly signal: AbortSignal
}

const portionRows = 200
/** So much later than Postgres gives a query up nobody waits for it any more: the connection is dead, milliseconds. */
const graceMs = 5_000

const asText: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text }

/**
 * One message: between the instant and the snapshot, which the first select takes, lies no round trip. What is set makes
 * the same rows the same text whatever role and database prefer, and has Postgres notice within a second that nobody
 * waits for a query any more; releases before 14 have no such setting.
 */
const beginning = (msMax: number) => `
  begin isolation level repeatable read, read only;
  set local statement_timeout = ${msMax};
  set local timezone = 'UTC';
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'iso_8601';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
  select floor(extract(epoch from transaction_timestamp()) * 1000)::text as ms,
    current_setting('server_encoding') as encoding;
  select set_config(name, '1s', true) from pg_settings where name = 'client_connection_check_interval'`

/** Takes a snapshot on a connection of the pool. Throws TransientError, and the reason of the signal. */
export async function openSnapshot(options: Options): Promise<Snapshot> {
  const { pool, msMax, signal } = options
  const client = await connected(pool, signal)
  let isOver = false
  const end = (isSound: boolean) => {
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', drop)
    client.release(!isSound)
  }
  const drop = () => end(false)
  signal.addEventListener('abort', drop)
  const late = () => new TransientError('the database of movements is silent')
  const answered = <T>(work: Promise<T>) =>
    unlessAborted(signal, within(msMax + graceMs, work, late))
  try {
    const takenAt = takenAtOf(await answered(client.query(beginning(msMax))))
    const finish = async () => {
      if (isOver) return
      const isSound = await answered(client.query('commit')).then(
        () => true,
        () => false,
      )
      end(isSound)
    }
    const reading = { client, answered, signal }
    return { takenAt, finish, drop, table: (query, values) => tableOf(reading, query, values) }
  } catch (error) {
    drop()
    throw failureOf(error, signal)
  }
}

async function connected(pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  const connecting = pool.connect()
  try {
    return await unlessAborted(signal, connecting)
  } catch (error) {
    connecting.then(
      (client) => client.release(),
      () => undefined,
    )
    throw failureOf(error, signal)
  }
}

function takenAtOf(results: unknown): Date {
  const found = (results as readonly pg.QueryResult[]).find(
    ({ fields }) => fields[0]?.name === 'ms',
  )
  const { ms, encoding } = found!.rows[0] as { readonly ms: string; readonly encoding: string }
  if (encoding !== 'SQL_ASCII') return new Date(Number(ms))
  throw new TransientError(
    'the database of movements is in SQL_ASCII: what its texts say is not known; have it in UTF8',
  )
}

interface Reading {
  readonly client: pg.PoolClient
  readonly signal: AbortSignal
  answered<T>(work: Promise<T>): Promise<T>
}

async function tableOf(reading: Reading, query: QueryFile, values: Row): Promise<Table> {
  const { client, answered, signal } = reading
  const options = { rowMode: 'array', types: asText } as const
  const cursor = client.query(new Cursor<Row>(query.text, [...values], options))
  const next = () => answered(portionOf(cursor))
  try {
    const { rows, result } = await next()
    const columns = result.fields.map(({ name, dataTypeID: typeOid }) => ({ name, typeOid }))
    return { columns, isEmpty: rows.length === 0, rows: rowsFrom(rows, next, signal, query) }
  } catch (error) {
    throw failureOf(error, signal, query)
  }
}

const portionOf = (cursor: Cursor<Row>) =>
  new Promise<{ readonly rows: readonly Row[]; readonly result: pg.QueryResult }>(
    (resolve, reject) =>
      cursor.read(portionRows, (error, rows, result) =>
        error ? reject(error) : resolve({ rows, result }),
      ),
  )

/** Rows that nobody has asked for yet stay in Postgres. */
async function* rowsFrom(
  first: readonly Row[],
  next: () => ReturnType<typeof portionOf>,
  signal: AbortSignal,
  query: QueryFile,
): AsyncGenerator<Row> {
  try {
    for (let rows = first; ; { rows } = await next()) {
      signal.throwIfAborted()
      yield* rows
      if (rows.length < portionRows) return
    }
  } catch (error) {
    throw failureOf(error, signal, query)
  }
}

const failureOf = (error: unknown, signal: AbortSignal, query?: QueryFile): unknown =>
  signal.aborted ? signal.reason : queryFailure(error, query)
