import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { movementSources, namedMovementSources } from '#apps/platform/movements/movement-sources'

const url = { CORRENTE_MOVEMENTS_DATABASE_URL: 'postgres://reader:hidden@127.0.0.1:1/bank' }
const query = { CORRENTE_MOVEMENTS_QUERY_FILE: 'docs/movements/movements.sql' }
const version = { CORRENTE_MOVEMENTS_VERSION_FILE: 'docs/movements/version.sql' }

it('the folder of movements is the source csv, and there is no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'movements-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'tenant-a'))
  writeFileSync(join(folder, 'tenant-a', 'lote-1.csv'), 'reference\n1\n')
  const sources = movementSources({ CORRENTE_MOVEMENTS_DIR: folder })
  expect(sources.names).toEqual(['csv'])
  const query = { tenantId: 'tenant-a', batchId: 'lote-1', filter: null }
  const { signal } = new AbortController()
  expect(await sources.of('csv')?.versionOf(query, signal)).toMatch(/^\d+-\d+-\d+$/)
  expect(sources.of('archive')).toBeUndefined()
})

describe('a database and a query', () => {
  it('are the source postgres, beside the folder', () => {
    expect(movementSources({ ...url, ...query }).names).toEqual(['postgres'])
    const both = { ...url, ...query, ...version, CORRENTE_MOVEMENTS_DIR: 'movements' }
    expect(movementSources(both).names).toEqual(['csv', 'postgres'])
  })

  it.each([
    [
      'a query without a database',
      query,
      'CORRENTE_MOVEMENTS_QUERY_FILE is set, and CORRENTE_MOVEMENTS_DATABASE_URL is not',
    ],
    ['versions without a database', version, 'CORRENTE_MOVEMENTS_VERSION_FILE is set, and'],
    ['a database without a query', url, 'CORRENTE_MOVEMENTS_QUERY_FILE is not set: name the file'],
    [
      'no address',
      { ...query, CORRENTE_MOVEMENTS_DATABASE_URL: 'reader:hidden@bank' },
      'CORRENTE_MOVEMENTS_DATABASE_URL: is no postgres:// URL',
    ],
    [
      'a query of versions for movements',
      { ...url, CORRENTE_MOVEMENTS_QUERY_FILE: version.CORRENTE_MOVEMENTS_VERSION_FILE },
      'CORRENTE_MOVEMENTS_QUERY_FILE: the query has no order by',
    ],
    [
      'no time',
      { ...url, ...query, CORRENTE_MOVEMENTS_QUERY_SECONDS: 'soon' },
      'CORRENTE_MOVEMENTS_QUERY_SECONDS: is no number of seconds',
    ],
  ])('that are %s are refused at the start', (_, env, message) => {
    expect(() => movementSources(env)).toThrow(message)
    expect(() => movementSources(env)).not.toThrow('hidden')
  })
})

it('without either there is no source; who needs one does not start', () => {
  expect(movementSources({}).names).toEqual([])
  expect(() => namedMovementSources({})).toThrow('no source of movements is named: set')
  expect(namedMovementSources({ CORRENTE_MOVEMENTS_DIR: 'movements' }).names).toEqual(['csv'])
})
