import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { csvFolder } from '#apps/platform/movements/csv-folder'

const { signal } = new AbortController()
const query = { tenantId: 'tenant-a', batchId: 'lote-1', filter: null }
const text = 'reference,amount\nA,1.00\n'

async function textOf(csv: AsyncIterable<Uint8Array>): Promise<string> {
  const parts = []
  for await (const part of csv) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('movements in a folder', () => {
  let folder = ''
  let file = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'corrente-movements-'))
    mkdirSync(join(folder, 'tenant-a'))
    file = join(folder, 'tenant-a', 'lote-1.csv')
    writeFileSync(file, text)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are read as they lie there', async () => {
    const { csv, asOf } = await csvFolder(folder).read(query, signal)
    expect(await textOf(csv)).toBe(text)
    expect(Math.abs(asOf.getTime() - Date.now())).toBeLessThan(60_000)
  })

  it('have another version once they were changed', async () => {
    const movements = csvFolder(folder)
    const before = await movements.versionOf(query, signal)
    expect(await movements.versionOf(query, signal)).toBe(before)
    appendFileSync(file, 'B,2.00\n')
    expect(await movements.versionOf(query, signal)).not.toBe(before)
  })

  it('that are changed while they are read are read again', async () => {
    const { csv } = await csvFolder(folder).read(query, signal)
    appendFileSync(file, 'B,2.00\n')
    await expect(textOf(csv)).rejects.toThrow('changed while it was read')
  })

  it.each([
    ['no such batch', { batchId: 'lote-2' }, 'no-batch'],
    ['a tenant without movements', { tenantId: 'tenant-b' }, 'no-batch'],
    ['a way out of the folder', { tenantId: '..', batchId: 'passwd' }, 'bad-batch'],
    ['a path for a name', { batchId: 'a/../../b' }, 'bad-batch'],
    ['a filter', { filter: '{"from":"2026-01-01"}' }, 'no-filter'],
  ])('are refused for %s', async (_, changes, code) => {
    const asked = { ...query, ...changes }
    await expect(csvFolder(folder).read(asked, signal)).rejects.toMatchObject({ code })
    await expect(csvFolder(folder).versionOf(asked, signal)).rejects.toMatchObject({ code })
  })
})
