import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { filesStore } from '#connectors/object-store-files/index'
import type { ExportCurrent } from '#schemas/generated/types'
import { movementsKey, segmentKey } from '#streams/exports/export-objects'
import { archiveFolder, foundByPython } from '#tests/archive-readers'
import { type ExportScene, startExportScene } from '#tests/export-scene'
import { demoCsv, isOver } from '#tests/exported'

const asOf = new Date('2026-01-31T23:00:00Z')
const hourMs = 3_600_000
let scene: ExportScene
beforeAll(async () => {
  scene = await startExportScene(inject('stack'))
}, 120_000)
afterAll(() => scene?.stop())

const isIn =
  (...states: readonly ExportCurrent['state'][]) =>
  ({ state }: ExportCurrent) =>
    states.includes(state)

const folder = archiveFolder()
afterAll(() => folder.remove())

/** The names in the archive of an export, as a program reads them that is not ours, and checks every item. */
async function namesIn({ export_id, result }: ExportCurrent): Promise<readonly string[]> {
  const { body } = (await scene.objects.get(result!.key))!
  const parts = []
  for await (const part of body) parts.push(part)
  const path = folder.write(`${export_id}.zip`, Buffer.concat(parts))
  return foundByPython(path).map(({ name }) => name)
}

async function keysOf({ export_id }: ExportCurrent): Promise<readonly string[]> {
  const keys = []
  for await (const { key } of scene.objects.list(`exports/${export_id}/`)) keys.push(key)
  return keys
}
const emptied = (one: ExportCurrent) =>
  expect.poll(() => keysOf(one), { timeout: 20_000 }).toEqual([])

describe('an export', () => {
  it('becomes one archive of a document for each movement, the same bytes whoever makes it', async () => {
    const csv = await demoCsv(450)
    scene.putMovements('first', csv, asOf)
    scene.putMovements('second', csv, asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'first' }), isOver)
    expect(one).toMatchObject({ state: 'READY', records: 450, rendered: 450, failed: 0 })
    const names = await namesIn(one)
    expect(names).toHaveLength(451)
    expect(names[0]).toBe('00000000-MOV-00000000.pdf')
    expect(names.at(-1)).toBe('manifest.json')

    const request = await scene.request({ batch_id: 'second' })
    await scene.exportOf(request, isIn('SPLITTING', 'RENDERING', 'COLLECTING', 'READY'))
    await scene.worker.kill()
    await scene.worker.start()
    const other = await scene.exportOf(request, isOver)
    expect(other.result).toMatchObject({ bytes: one.result!.bytes, sha256: one.result!.sha256 })
  }, 180_000)

  it('is made once for two who ask for the same', async () => {
    scene.putMovements('shared', await demoCsv(10), asOf)
    const requests = await Promise.all([1, 2].map(() => scene.request({ batch_id: 'shared' })))
    const [one, other] = await Promise.all(requests.map((id) => scene.exportOf(id, isOver)))
    expect(one!.export_id).toBe(other!.export_id)
  })

  it('fails of a movement that can not be printed, says why, and leaves nothing behind', async () => {
    const csv = (await demoCsv(20)).toString().replace('Banco de la Nación', 'Banco 漢')
    scene.putMovements('sign', csv, asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'sign' }), isOver)
    expect(one).toMatchObject({ state: 'FAILED', failure: { code: 'no-sign' } })
    await emptied(one)
  })

  it('that tolerates it is ready without that document, and names it', async () => {
    const terms = { batch_id: 'sign', tolerated_failures: 1 }
    const one = await scene.exportOf(await scene.request(terms), isOver)
    expect(one).toMatchObject({ state: 'READY_WITH_ERRORS', rendered: 19, failed: 1 })
    const names = await namesIn(one)
    expect(names.slice(-2)).toEqual(['manifest.json', 'errors.csv'])
  })

  it('fails of a file with a mistake before anything is printed', async () => {
    scene.putMovements('mistake', `${(await demoCsv(3)).toString()}a,b\n`, asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'mistake' }), isOver)
    expect(one).toMatchObject({ state: 'FAILED', failure: { code: 'csv-column-count' } })
    expect(one.failure!.message).toBe('line 5: 2 columns, 15 expected')
  })

  it('of no movements is an archive with a manifest', async () => {
    scene.putMovements('none', await demoCsv(0), asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'none' }), isOver)
    expect(one).toMatchObject({ state: 'READY', records: 0 })
    expect(await namesIn(one)).toEqual(['manifest.json'])
  })

  it('that is given up while it is made is deleted', async () => {
    scene.putMovements('given-up', await demoCsv(3_000), asOf)
    const request = await scene.request({ batch_id: 'given-up' })
    await scene.cancel(request, await scene.exportOf(request, isIn('RENDERING')))
    const one = await scene.exportOf(request, isIn('CANCELLED'))
    await emptied(one)
  })

  it('is deleted and forgotten when its time is over', async () => {
    scene.putMovements('short', await demoCsv(5), asOf)
    const request = await scene.request({ batch_id: 'short', lifetime_minutes: 0 })
    const one = await scene.exportOf(request, isIn('READY', 'EXPIRED'))
    await scene.forgotten(one.export_id)
    expect(await keysOf(one)).toEqual([])
  })

  it('loses nothing to the worker that sweeps, which deletes what lies there of no export', async () => {
    scene.putMovements('beside', await demoCsv(5), asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'beside' }), isOver)
    const before = await keysOf(one)
    const objectsFolder = join(inject('stack').dataDir, 'objects')
    const formerObjects = filesStore(
      { folder: objectsFolder },
      { now: () => Date.now() - 6 * hourMs },
    )
    const old = segmentKey(one.export_id, 99)
    await formerObjects.put(old, Buffer.from('of an export that is alive'))
    const orphan = { ...one, export_id: randomUUID() }
    await formerObjects.put(movementsKey(orphan.export_id), Buffer.from('of none'))
    await emptied(orphan)
    expect(await keysOf(one)).toEqual([...before, old].sort())
  })
})
