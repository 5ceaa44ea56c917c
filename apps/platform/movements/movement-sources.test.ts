import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { movementSources } from '#apps/platform/movements/movement-sources'

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

it('without a folder there is no source, and no start', () => {
  expect(() => movementSources({})).toThrow('CORRENTE_MOVEMENTS_DIR is not set')
})
