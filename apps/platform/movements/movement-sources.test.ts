import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { movementSources } from '#apps/platform/movements/movement-sources'

describe('the sources of movements', () => {
  it('are folders that the environment names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'movements-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    mkdirSync(join(folder, 'tenant-a'))
    writeFileSync(join(folder, 'tenant-a', 'lote-1.csv'), 'reference\n1\n')
    const sources = movementSources({ EXPORTS_CSV_FOLDERS: `csv:${folder}, ledger:/elsewhere` })
    expect(sources.names).toEqual(['csv', 'ledger'])
    const query = { tenantId: 'tenant-a', batchId: 'lote-1', filter: null }
    const { signal } = new AbortController()
    expect(await sources.of('csv')?.versionOf(query, signal)).toMatch(/^\d+-\d+-\d+$/)
    expect(sources.of('archive')).toBeUndefined()
  })

  it.each([
    ['', 'EXPORTS_CSV_FOLDERS is not set'],
    ['csv', 'must be <source>:<folder>'],
    ['csv:/a,', 'must be <source>:<folder>'],
    ['CSV:/a', 'must be <source>:<folder>'],
    ['csv:/a,csv:/b', 'names two sources alike'],
  ])('are not named by %j', (EXPORTS_CSV_FOLDERS, sentence) => {
    expect(() => movementSources({ EXPORTS_CSV_FOLDERS })).toThrow(sentence)
  })
})
