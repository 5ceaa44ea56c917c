import pg from 'pg'
import type { QueryFile } from '#apps/platform/movements/query-file'
import { openSnapshot, type Row, type Snapshot } from '#apps/platform/movements/snapshot'
import { stateOf } from '#apps/platform/movements/batch-state'
import { RejectedError } from '#core/errors'
import type { Movements, MovementsQuery } from '#ports/movements'
import { plainCsv, writeCsv } from '#streams/exports/csv/write-csv'

/** Where movements are, and how they are asked for. */
export interface PostgresQuery {
  /** `postgres://…`; may hold a password. */
  readonly url: string
  /** Gives the movements of a batch. */
  readonly query: QueryFile
  /** Gives a row for a batch that there is, with the name of its state; undefined where nothing tells it. */
  readonly version: QueryFile | undefined
  /** Longest wait for rows, milliseconds. */
  readonly msMax: number
}

const connectMsMax = 5_000
const connectionsMax = 8

/**
 * Movements that a query of the operator's gives, each batch of one snapshot of the database. What they are as of is what
 * the query of versions says, else when the snapshot was taken. Opens nothing yet, and holds no process open. Besides what
 * every source throws, RejectedError: 'no-filter', 'bad-query', 'bad-value'.
 */
export function postgresQuery({ url, query, version, msMax }: PostgresQuery): Movements {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMsMax,
    application_name: 'corrente-movements',
    max: connectionsMax,
    allowExitOnIdle: true,
    keepAlive: true,
  })
  // A connection that breaks is noticed by the next question.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    async versionOf(asked, signal) {
      expectNoVainFilter(query, asked)
      if (version === undefined) return null
      const snapshot = await openSnapshot({ pool, msMax, signal })
      try {
        const state = await stateOf(snapshot, version, valuesOf(version, asked))
        await snapshot.finish()
        return state.version
      } finally {
        snapshot.drop()
      }
    },

    async read(asked, signal) {
      expectNoVainFilter(query, asked)
      const snapshot = await openSnapshot({ pool, msMax, signal })
      try {
        return await readFrom(snapshot, { query, version }, asked)
      } catch (error) {
        snapshot.drop()
        throw error
      }
    },
  }
}

async function readFrom(
  snapshot: Snapshot,
  { query, version }: Pick<PostgresQuery, 'query' | 'version'>,
  asked: MovementsQuery,
) {
  const state = version && (await stateOf(snapshot, version, valuesOf(version, asked)))
  const { columns, isEmpty, rows } = await snapshot.table(query, valuesOf(query, asked))
  if (columns.length === 0) {
    throw new RejectedError('bad-query', `${query.setting}: the query gives no columns`)
  }
  if (state === undefined && isEmpty) {
    throw new RejectedError('no-batch', 'the query gives no movements of such a batch')
  }
  const names = columns.map(({ name }) => name)
  const csv = writeCsv(names, cellsOf(rows), plainCsv)
  return { asOf: state?.asOf ?? snapshot.takenAt, csv: toTheEnd(csv, snapshot) }
}

async function* cellsOf(rows: AsyncIterable<Row>): AsyncGenerator<readonly string[]> {
  for await (const row of rows) yield row.map((cell) => cell ?? '')
}

async function* toTheEnd(csv: AsyncIterable<Uint8Array>, snapshot: Snapshot) {
  try {
    yield* csv
    await snapshot.finish()
  } finally {
    snapshot.drop()
  }
}

/** Postgres takes as many values as a query has parameters. */
const valuesOf = ({ takesFilter }: QueryFile, { tenantId, batchId, filter }: MovementsQuery) =>
  takesFilter ? [tenantId, batchId, filter] : [tenantId, batchId]

function expectNoVainFilter({ takesFilter }: QueryFile, { filter }: MovementsQuery): void {
  if (takesFilter || filter === null) return
  throw new RejectedError('no-filter', 'the query of movements takes no filter')
}
