import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMovements } from '#apps/corrente/doctor/movements'
import { movementSources } from '#apps/platform/movements/movement-sources'
import { cellsIn } from '#streams/exports/csv/csv-samples'
import { endsQuestions } from '#tests/contract/movements/ends-questions'
import {
  connections,
  type ExampleDatabase,
  giving,
  lote,
  openExampleDatabase,
  signal,
} from '#tests/contract/movements/example-database'
import { holdsAsMovements } from '#tests/contract/movements/movements-contract'
import { type MovementsDriver, textOf } from '#tests/contract/movements/movements-driver'
import { refusesQueries } from '#tests/contract/movements/refuses-queries'

let database: ExampleDatabase
let driver: MovementsDriver
beforeAll(async () => {
  database = await openExampleDatabase()
  driver = { ...database, movements: database.source(), takesFilter: true }
})
afterAll(() => database.place.remove())

holdsAsMovements('a query of Postgres', () => driver)

describe('movements of Postgres', () => {
  it('are texts as Postgres writes them, in UTC: no amount is ever a float, no day is moved', async () => {
    const query = giving(`
      select 12345678901234567890.10::numeric as amount, 9007199254740993::bigint as large,
        0.30::numeric(4, 2) as small, date '2026-03-29' as day, null::text as nothing,
        timestamptz '2026-03-29 00:30:00+01' as instant, '{"a": 1.10}'::json as json`)
    const [, line] = (await database.read({ query })).split('\n')
    expect(line).toBe(
      '12345678901234567890.10,9007199254740993,0.30,2026-03-29,,2026-03-28 23:30:00+00,"{""a"": 1.10}"',
    )
  })

  it('are as of when the snapshot was taken, by the clock of the database', async () => {
    await database.put(lote, [])
    const clock = 'select extract(epoch from clock_timestamp()) * 1000 as ms'
    const nowMs = async () => Number((await database.place.rows(clock))[0]!['ms'])
    const before = await nowMs()
    const { asOf, csv } = await database.source().read(lote, signal)
    await textOf(csv)
    expect(asOf.getTime()).toBeGreaterThanOrEqual(Math.floor(before))
    expect(asOf.getTime()).toBeLessThanOrEqual(await nowMs())
  })

  it('are as of what the query of versions says, where it does', async () => {
    await database.put(lote, [])
    const version = `
      select revision as version, timestamptz '2026-01-31 18:00:00.123456-05' as as_of from batches
      where tenant_id = $1 and batch_id = $2`
    const { asOf, csv } = await database.source({ version }).read(lote, signal)
    await textOf(csv)
    expect(asOf.toISOString()).toBe('2026-01-31T23:00:00.123Z')
  })

  it('and the name of their state are of one snapshot', async () => {
    const { place, put, source } = database
    await put(lote, [['before', '1.00', '2026-01-01', '']])
    const bank = new pg.Client({ connectionString: place.url })
    await bank.connect()
    await bank.query('select pg_advisory_lock(1)')
    const version = `
      select revision as version from batches
      where tenant_id = $1 and batch_id = $2 and pg_advisory_xact_lock(1) is not null`
    const reading = source({ version }).read(lote, signal)
    const waiting = () => place.rows(`select ${connections} and wait_event_type = 'Lock'`)
    await expect.poll(waiting).toHaveLength(1)
    await put(lote, [['after', '1.00', '2026-01-01', '']])
    await bank.end()
    expect(await textOf((await reading).csv)).toContain('before')
    expect(await textOf((await source().read(lote, signal)).csv)).toContain('after')
  })

  it('have no version without a query of versions, and a batch of none is then no batch', async () => {
    const movements = database.source({ version: null })
    expect(await movements.versionOf(lote, signal)).toBeNull()
    await database.put(lote, [])
    await expect(movements.read(lote, signal)).rejects.toMatchObject({ code: 'no-batch' })
  })

  it.each([
    ['a batch', { batchId: `lote-1' or 'a' = 'a` }],
    ['a filter', { filter: `{"reference":"a' or 'a' = 'a"}` }],
  ])('are not those of a query in the name of %s', async (_, changes) => {
    await database.put(lote, [['a', '1.00', '2026-01-01', '']])
    const asked = { ...lote, ...changes }
    const read = database.source({ version: null }).read(asked, signal)
    await expect(read).rejects.toMatchObject({ code: 'no-batch' })
  })
})

describe('the queries of the documentation', () => {
  const receipts = `
    insert into bank.batches values ('tenant-a', 'lote-1', 7, '2026-01-31 23:00:00+00');
    insert into bank.receipts
      select 'tenant-a', 'lote-1', 'R-' || n, 'issuer', 'holder', 'CC 1', '1', 'bank', '2026-01-05', status,
        '2026-01-31 23:00:00+00', 'COP', '[{"number":"1"}]', 1234.5, 0, 'https://pagos.example/v/1'
      from (values (1, 'Aplicado'), (2, 'Anulado')) receipts (n, status)`

  const env = () => ({
    CORRENTE_MOVEMENTS_DATABASE_URL: database.place.url,
    CORRENTE_MOVEMENTS_QUERY_FILE: 'docs/movements/movements.sql',
    CORRENTE_MOVEMENTS_VERSION_FILE: 'docs/movements/version.sql',
  })
  const examined = async () =>
    (await checkMovements(env())).map(({ level, sentence }) => `${level}: ${sentence}`)

  it('are refused by a doctor where there is no such schema, each by its place', async () => {
    expect(await examined()).toEqual([
      'problem: CORRENTE_MOVEMENTS_QUERY_FILE, line 20, column 6: there is no such table (42P01): relation "bank.receipts" does not exist',
      'problem: CORRENTE_MOVEMENTS_VERSION_FILE, line 3, column 6: there is no such table (42P01): relation "bank.batches" does not exist',
    ])
  })

  it('read what its schema holds, by the settings of an installation', async () => {
    await database.place.rows(readFileSync('docs/movements/schema.sql', 'utf8') + receipts)
    const movements = movementSources(env()).of('postgres')!
    expect(await movements.versionOf(lote, signal)).toBe('7')
    const cellsOf = async (filter: string | null) => {
      const { asOf, csv } = await movements.read({ ...lote, filter }, signal)
      expect(asOf.toISOString()).toBe('2026-01-31T23:00:00.000Z')
      return cellsIn(await textOf(csv))
    }
    expect(await cellsOf('{"status":"Aplicado"}')).toEqual([
      [
        ...['issuer', 'R-1', 'lote-1', 'holder', 'CC 1', '1', 'bank', '2026-01-05', 'Aplicado'],
        ...['2026-01-31T18:00:00-05:00', 'COP', '[{"number":"1"}]', '1234.50', '0.00'],
        'https://pagos.example/v/1',
      ],
    ])
    expect(await cellsOf(null)).toHaveLength(2)
    expect(await cellsOf('{"holder":"holder"}')).toEqual([])
    const at = new URL(database.place.url).host
    expect(await examined()).toEqual([
      `ok: Postgres at ${at} can run CORRENTE_MOVEMENTS_QUERY_FILE`,
      `ok: Postgres at ${at} can run CORRENTE_MOVEMENTS_VERSION_FILE`,
    ])
  })
})

refusesQueries(() => database)
endsQuestions(() => database)
