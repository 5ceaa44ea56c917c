import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { postgresQuery } from '#apps/platform/movements/postgres-query'
import { movementsQueryIn, versionQueryIn } from '#apps/platform/movements/query-file'
import type { Movements } from '#ports/movements'
import { type MovementsDriver, textOf } from '#tests/contract/movements/movements-driver'
import { type DatabasePlace, openDatabasePlace } from '#tests/contract/projection/place'
import { freePortBase } from '#tests/free-ports'

const schema = `
  create table batches (
    tenant_id text, batch_id text, revision integer not null default 1, primary key (tenant_id, batch_id));
  create table movements (
    tenant_id text, batch_id text, position integer, reference text, amount numeric(20, 2), booked_on date, note text,
    primary key (tenant_id, batch_id, position))`

const movementsQuery = `
  select reference, amount, booked_on, note from movements
  where tenant_id = $1 and batch_id = $2
    and ($3::jsonb is null or jsonb_build_object('reference', reference) @> $3::jsonb)
  order by position`
const versionQuery =
  'select revision as version from batches where tenant_id = $1 and batch_id = $2'

/** A source with other queries, or another time, than those of the example. */
export interface SourceGiven {
  readonly url?: string
  readonly query?: string
  /** Null for none. */
  readonly version?: string | null
  readonly msMax?: number
}

/** A Postgres of a test's own with batches of movements, and sources that read them. */
export interface ExampleDatabase extends Pick<MovementsDriver, 'put' | 'held'> {
  readonly place: DatabasePlace
  source(given?: SourceGiven): Movements
  /** What a source without a query of versions gives for `lote`. */
  read(given: SourceGiven, signal?: AbortSignal): Promise<string>
}

/** Tests get the database once it is open. */
export type OpenedDatabase = () => ExampleDatabase

export const lote = { tenantId: 'tenant-a', batchId: 'lote-1', filter: null }
export const { signal } = new AbortController()
/** A query that gives these rows, whatever is asked for. */
export const giving = (rows: string) => `select * from (${rows}) as rows where $1 <> $2 order by 1`
export const connections = `from pg_stat_activity where application_name = 'corrente-movements'`

export async function openExampleDatabase(): Promise<ExampleDatabase> {
  const place = await openDatabasePlace(await freePortBase())
  // What a database prefers changes nothing.
  await place.rows(`alter database postgres set datestyle = 'SQL, DMY'`)
  await place.rows(`alter database postgres set timezone = 'America/Bogota'`)
  await place.rows(schema)
  const source = (given?: SourceGiven) => sourceOf({ url: place.url, ...given })
  return {
    place,
    put: (...given) => put(place.url, ...given),
    held: async () => (await place.rows(`select ${connections} and state <> 'idle'`)).length,
    source,
    read: async (given, ending = signal) =>
      textOf((await source({ version: null, ...given }).read(lote, ending)).csv),
  }
}

const sourceOf = (given: SourceGiven & { readonly url: string }) =>
  postgresQuery({
    url: given.url,
    query: inFile(given.query ?? movementsQuery, (path) => movementsQueryIn('QUERY_FILE', path)),
    version:
      given.version === null
        ? undefined
        : inFile(given.version ?? versionQuery, (path) => versionQueryIn('VERSION_FILE', path)),
    msMax: given.msMax ?? 30_000,
  })

/** What is read from a file with this text. */
export function inFile<T>(text: string, read: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'movements-query-'))
  try {
    const path = join(folder, 'query.sql')
    writeFileSync(path, text)
    return read(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function put(url: string, ...[batch, movements]: Parameters<MovementsDriver['put']>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const key = [batch.tenantId, batch.batchId]
  const rows = [...movements]
  const cells = [0, 1, 2, 3].map((at) => rows.map((row) => row[at]))
  await client.query('begin')
  await client.query(
    `insert into batches values ($1, $2)
     on conflict (tenant_id, batch_id) do update set revision = batches.revision + 1`,
    key,
  )
  await client.query('delete from movements where tenant_id = $1 and batch_id = $2', key)
  await client.query(
    `insert into movements select $1, $2, n, r, a, b, o
     from unnest($3::text[], $4::numeric[], $5::date[], $6::text[]) with ordinality as m (r, a, b, o, n)`,
    [...key, ...cells],
  )
  await client.query('commit')
  await client.end()
}
