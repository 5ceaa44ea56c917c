import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { driveTask } from '#core/drive'
import { segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import { exampleObjects } from '#streams/exports/example-objects'
import { exportPacker } from '#streams/exports/export-packer'
import { failure, report, stamped, step } from '#streams/exports/step-samples'

const of = `exports/${step.export_id}`
const key = `${of}/archive.zip`
const asOf = '2026-01-15T10:00:00+01:00'
const packing = stamped({
  ...step,
  chunks: 2,
  records: 2,
  failed: 0,
  csv_sha256: 'c0ffee',
  as_of: asOf,
  template: 'slip@1',
  language: 'en',
})

function packed(documents: readonly string[]) {
  const { objects, store } = exampleObjects()
  documents.forEach((text, chunk) => {
    const items = [{ name: `0000000${chunk}.pdf`, bytes: Buffer.from(text) }]
    const { parts, items: archived } = segmentOf(items, zipStampOf(new Date(asOf)))
    objects.set(`${of}/segments/000000${chunk}`, Buffer.concat(parts))
    objects.set(`${of}/indexes/000000${chunk}`, segmentIndex(archived))
  })
  return { objects, packer: driveTask(exportPacker({ objects: store })) }
}

const reportOf = (objects: ReadonlyMap<string, Buffer>) => {
  const bytes = objects.get(key) ?? Buffer.alloc(0)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return report({ type: 'Packed', packed: { key, bytes: bytes.length, sha256 } })
}

describe('export-packer', () => {
  it('puts the pieces one behind the other, and what names them behind', async () => {
    const { objects, packer } = packed(['one', 'two'])
    const again = packed(['one', 'two'])
    await again.packer.when(packing).emits(reportOf(await archiveOf(again)))
    await packer.when(packing).emits(reportOf(again.objects))
    const text = objects.get(key)!.toString('latin1')
    const places = ['00000000.pdf', 'one', '00000001.pdf', 'two', 'manifest.json', '"documents":2']
    expect(places.map((one) => text.indexOf(one))).toEqual(
      places.map((one) => text.indexOf(one)).sort((a, b) => a - b),
    )
    expect(text).not.toContain('errors.csv')
  })

  it('has a file of errors where movements have no document', async () => {
    const { objects, packer } = packed(['one', 'two'])
    const failed = [{ record: 2, reference: 'C-3', code: 'no-sign', field: 'name' }]
    objects.set(`${of}/failures/0000001`, Buffer.from(JSON.stringify(failed)))
    const asked = { ...packing, records: 3, failed: 1 }
    await packer.when(asked).emits(reportOf(await archiveOf({ objects, packer }, asked)))
    expect(objects.get(key)!.toString('latin1')).toContain('2,C-3,no-sign,name')
  })

  it('of no movements is an archive with a manifest', async () => {
    const { objects, packer } = packed([])
    const asked = { ...packing, chunks: 0, records: 0 }
    await packer.when(asked).emits(reportOf(await archiveOf({ objects, packer }, asked)))
    expect(objects.get(key)!.toString('latin1')).toContain('"documents":0')
  })

  it('fails the export where a piece is gone', async () => {
    const { objects, packer } = packed(['one', 'two'])
    objects.delete(`${of}/indexes/0000001`)
    const message = 'the index of a piece of the archive is not in the object store'
    await packer.when(packing).emits(failure('export-packer', 'no-object', message))
  })
})

type Packed = Pick<ReturnType<typeof packed>, 'objects' | 'packer'>

/** What it leaves behind when it is asked the first time; asked again it leaves the same. */
async function archiveOf({ objects, packer }: Packed, asked = packing) {
  await packer
    .when(asked)
    .emits()
    .catch(() => undefined)
  return objects
}
