import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { archiveEnding } from '#streams/exports/archive/archive-ending'
import { bytesOf, itemOf, joined, stamp } from '#streams/exports/archive/archive-samples'
import { itemName } from '#streams/exports/archive/item-name'
import { type Item, segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import {
  archiveFolder,
  checkWithUnzip,
  foundByPython,
  hasPython,
  hasUnzip,
} from '#tests/archive-readers'

const folder = archiveFolder()
afterAll(folder.remove)

const content = {
  asOf: '2026-01-07T12:34:56Z',
  template: 'receipt@3',
  language: 'es-PE',
  sourceSha256: 'ab'.repeat(32),
  records: 3,
  failed: 0,
}
const documents = [0, 1, 2].map((record) => itemOf(itemName(record, 'R'), `document ${record}`))
const missing = [{ record: 2, reference: '=R"2"', code: 'missing-field', field: 'payer' }]

async function archive(
  items: readonly Item[],
  changed: Partial<typeof content> = {},
): Promise<Buffer> {
  const segments = items.map((item) => segmentOf([item], stamp))
  const indexes = segments.map((segment) => segmentIndex(segment.items))
  const ending = archiveEnding({
    content: { ...content, ...changed },
    stamp,
    indexes: () => indexes,
    missing: () => missing,
  })
  return Buffer.concat([...segments.map(bytesOf), await joined(ending)])
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('what ends an archive', () => {
  it('has a manifest of what it was made of and of each document', async () => {
    const text = (await archive(documents)).toString()
    const manifest = JSON.parse(/\{"version[^]*\n\]\}\n/.exec(text)![0]) as unknown
    expect(manifest).toEqual({
      version: 1,
      as_of: '2026-01-07T12:34:56Z',
      template: 'receipt@3',
      language: 'es-PE',
      source_sha256: content.sourceSha256,
      counts: { records: 3, documents: 3, failed: 0 },
      documents: documents.map(({ name, bytes }) => ({
        name,
        bytes: bytes.length,
        sha256: sha256Of(bytes),
      })),
    })
  })

  it('names what is missing in a file that spreadsheets open and run nothing of', async () => {
    const text = (await archive(documents.slice(0, 2), { failed: 1 })).toString()
    expect(text).toContain(
      '\uFEFFrecord,reference,code,field\r\n2,"\'=R""2""",missing-field,payer\r\nPK',
    )
    expect((await archive(documents)).toString()).not.toContain('errors.csv')
  })

  it('is an archive of a manifest where there was nothing', async () => {
    const text = (await archive([], { records: 0 })).toString()
    expect(text).toContain('"counts":{"records":0,"documents":0,"failed":0},"documents":[\n]}\n')
  })

  it('is the same bytes each time', async () => {
    expect((await archive(documents)).equals(await archive(documents))).toBe(true)
  })

  it('is refused where a document is missing that did not fail', async () => {
    const archived = archive(documents.slice(0, 2))
    await expect(archived).rejects.toThrow('2 documents of 3 records, of which 0 failed')
  })

  it.skipIf(!hasUnzip)('is read by unzip', async () => {
    checkWithUnzip(folder.write('some.zip', await archive(documents)))
    checkWithUnzip(folder.write('none.zip', await archive([], { records: 0 })))
  })

  it.skipIf(!hasPython)("is read by Python's zipfile", async () => {
    const file = folder.write('failed.zip', await archive(documents.slice(0, 2), { failed: 1 }))
    expect(foundByPython(file).map(({ name }) => name)).toEqual([
      '00000000-R.pdf',
      '00000001-R.pdf',
      'manifest.json',
      'errors.csv',
    ])
  })
})
