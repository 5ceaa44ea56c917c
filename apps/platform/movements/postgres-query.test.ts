import { describe, expect, it } from 'vitest'
import { postgresQuery } from '#apps/platform/movements/postgres-query'

const { signal } = new AbortController()
const asked = { tenantId: 'tenant-a', batchId: 'lote-1', filter: null }
const text = 'select 1 where $1 <> $2 order by 1'
const source = (takesFilter: boolean) =>
  postgresQuery({
    url: 'postgres://reader@127.0.0.1:1/bank',
    query: { setting: 'QUERY_FILE', text, takesFilter },
    version: undefined,
    msMax: 1_000,
  })

// What needs a database is in tests/contract/movements.
describe('a query of Postgres', () => {
  it('refuses a filter that it does not ask for, before anything is asked of the database', async () => {
    const filtered = { ...asked, filter: '{"status":"paid"}' }
    const refused = { code: 'no-filter' }
    await expect(source(false).read(filtered, signal)).rejects.toMatchObject(refused)
    await expect(source(false).versionOf(filtered, signal)).rejects.toMatchObject(refused)
    expect(await source(true).versionOf(filtered, signal)).toBeNull()
  })

  it('needs no database to have no version, and one to be read', async () => {
    expect(await source(false).versionOf(asked, signal)).toBeNull()
    await expect(source(false).read(asked, signal)).rejects.toThrow('cannot be asked')
  })
})
