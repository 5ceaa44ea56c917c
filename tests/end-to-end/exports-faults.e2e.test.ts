import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type S3Sandbox, startS3Sandbox } from '#connectors/object-store-s3/sandbox'
import type { ExportCurrent } from '#schemas/generated/types'
import { bytesOf } from '#streams/exports/bytes-of'
import { readCsv } from '#streams/exports/csv/read-csv'
import { writeCsv } from '#streams/exports/csv/write-csv'
import {
  archiveFolder,
  checkWithUnzip,
  foundByPython,
  hasPython,
  hasUnzip,
} from '#tests/archive-readers'
import { asking, type Fault, faultyStore, killingAt, stored } from '#tests/end-to-end/store-faults'
import { type ExportScene, sandboxEnvOf, startExportScene } from '#tests/export-scene'
import { demoCsv, isOver } from '#tests/exported'

const asOf = new Date('2026-01-31T23:00:00Z')
const receipts = 1_000
let sandbox: S3Sandbox
let scene: ExportScene
let undisturbed: ExportCurrent
beforeAll(async () => {
  sandbox = await startS3Sandbox()
  scene = await startExportScene(inject('stack'), { settings: sandboxEnvOf(sandbox) })
  scene.putMovements('undisturbed', await demoCsv(receipts), asOf)
  const request = await scene.request({ batch_id: 'undisturbed' })
  undisturbed = await scene.exportOf(request, isOver)
  expect(undisturbed).toMatchObject({ state: 'READY', rendered: receipts })
}, 120_000)
const folder = archiveFolder()
afterAll(async () => {
  folder.remove()
  await scene?.stop()
  await sandbox.stop()
})
afterEach(() => {
  sandbox.badDay = () => undefined
  sandbox.onDone = () => undefined
})

/** Asks for the same movements under another name, so that they are exported again; what comes of it is gone at once. */
async function again(batch: string): Promise<string> {
  scene.putMovements(batch, await demoCsv(receipts), asOf)
  return scene.request({ batch_id: batch, lifetime_minutes: 0 })
}

/** The export was ready once, with the bytes of the one that nothing happened to, and nothing of it is left. */
async function expectOneArchive(request: string): Promise<void> {
  const exportId = await scene.exportIdOf(request)
  await scene.forgotten(exportId, 150_000)
  const told = scene.toldOf(exportId)
  const ready = told.filter(({ state }) => state === 'READY')
  expect(ready.map(({ result }) => result?.sha256)).toEqual([undisturbed.result?.sha256])
  expect(Math.max(...told.map(({ rendered }) => rendered))).toBe(receipts)
  expect(told.map(({ failure }) => failure).filter(Boolean)).toEqual([])
  expect(sandbox.keys().filter((key) => key.includes(exportId))).toEqual([])
  expect(sandbox.uploads()).toEqual([])
}

describe('an export whose worker is killed', () => {
  it('between storing and committing, once and again, is one archive, ready once', async () => {
    const { index, archive, nothing } = stored
    const instants = [index, archive, nothing]
    const kills = killingAt(sandbox, scene.worker, instants)
    await expectOneArchive(await again('killed'))
    expect(kills.left()).toEqual([])
  }, 180_000)
})

/** What the worker tells of itself. */
const toldBy = async (path: string): Promise<string> =>
  (await fetch(new URL(path, scene.spec.readyUrl))).text()

async function parkedIn(unit: string): Promise<number> {
  const parked = new RegExp(`^corrente_parked\\{unit="${unit}",what="records"\\} (\\d+)$`, 'm')
  return Number(parked.exec(await toldBy('/metrics'))?.[1] ?? 0)
}

/** What each step may meet; it waits then, and goes on by itself. */
const faults: readonly Fault[] = [
  {
    unit: 'export-extractor',
    isMeant: asking('PUT', /movements\.csv$/),
    badDay: { status: 503, code: 'SlowDown', retryAfter: 1 },
  },
  { unit: 'export-splitter', isMeant: asking('GET', /movements\.csv$/), badDay: 'cut' },
  {
    unit: 'export-renderer',
    isMeant: asking('PUT', /segments/),
    badDay: { status: 507, code: 'InsufficientStorage' },
  },
  { unit: 'export-packer', isMeant: asking('PUT', /ending$/), badDay: 'hang' },
  {
    unit: 'export-purger',
    isMeant: asking('POST', /^$/, 'delete'),
    badDay: { status: 500, code: 'InternalError' },
  },
]

describe('an export whose store', () => {
  it('is busy, breaks off, is full, silent or broken makes it wait and say why, and it goes on by itself', async () => {
    const store = faultyStore(sandbox, faults)
    const request = await again('faults')
    for (const { unit, badDay } of faults) {
      // Nobody is behind who could pass by what has no answer yet.
      const waiting = async () => (badDay === 'hang' ? store.met() : parkedIn(unit))
      await expect.poll(waiting, { timeout: 60_000 }).toBeGreaterThan(0)
      if (typeof badDay === 'object' && badDay.status === 507) {
        await expect
          .poll(() => toldBy('/status'), { timeout: 60_000 })
          .toContain('the object store cannot be used: it is full: make room in it')
      }
      store.next()
    }
    await expectOneArchive(request)
  }, 180_000)
})

/** The movements of a batch, cell by cell, as somebody else writes a CSV. */
async function hardCsv(changes: readonly Partial<Record<string, string>>[]): Promise<Buffer> {
  const rows: string[][] = []
  let columns: readonly string[] = []
  const source = [await demoCsv(changes.length)]
  for await (const { format, records } of readCsv(source.values() as never, { required: [] })) {
    columns = format.columns
    for (const { number, cells } of records) {
      rows.push(columns.map((column) => changes[number]![column] ?? cells.get(column)!))
    }
  }
  const writing = { separator: ';', lineEnd: '\r\n', hasMark: true, isForPeople: false } as const
  const parts = []
  for await (const part of writeCsv(columns, rows, writing)) parts.push(part)
  return Buffer.concat(parts)
}

describe('movements that are hard', () => {
  it('are documents of one archive, or named in its file of errors', async () => {
    const changes = [
      { number: 'MOV-1', holder: 'Ana "la jefa" Peña; hija' },
      { number: 'MOV-1', holder: '=HYPERLINK("http://a")' },
      { number: '../../etc/passwd' },
      { number: '..\\..\\windows\\system32' },
      { number: 'two\r\nlines', bank: 'Banco de\nla Nación' },
      { number: 'Nu\u0301n\u0303ez' },
      { number: '=cmd|/c calc', holder: 'Banco 漢' },
      { number: '@SUM(1)', holder: '' },
    ]
    scene.putMovements('hard', await hardCsv(changes), asOf)
    const request = await scene.request({ batch_id: 'hard', tolerated_failures: 2 })
    const one = await scene.exportOf(request, isOver)
    expect(one).toMatchObject({ state: 'READY_WITH_ERRORS', rendered: 6, failed: 2 })
    const archive = await bytesOf((await scene.objects.get(one.result!.key))!.body)
    const path = folder.write('hard.zip', archive)
    if (hasUnzip) checkWithUnzip(path)
    if (hasPython)
      expect(foundByPython(path).map(({ name }) => name)).toEqual([
        '00000000-MOV-1.pdf',
        '00000001-MOV-1.pdf',
        '00000002-etc_passwd.pdf',
        '00000003-windows_system32.pdf',
        '00000004-two_lines.pdf',
        '00000005-N\u00FA\u00F1ez.pdf',
        'manifest.json',
        'errors.csv',
      ])
    const text = archive.toString()
    const errors = text.slice(text.indexOf('\uFEFFrecord')).split('PK')[0]
    expect(errors).toBe(
      "\uFEFFrecord,reference,code,field\r\n6,'=cmd|/c calc,no-sign,holder\r\n7,'@SUM(1),missing-field,holder\r\n",
    )
  })

  it('of which one far behind the beginning has too few columns are refused whole, by its line', async () => {
    const header = (await demoCsv(0)).toString()
    const rows = `${','.repeat(header.split(',').length - 1)}\n`.repeat(699_999)
    scene.putMovements('long', `${header}${rows},,\n`, asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'long' }), isOver)
    expect(one).toMatchObject({ state: 'FAILED', records: null, rendered: 0 })
    expect(one.failure).toMatchObject({
      code: 'csv-column-count',
      message: 'line 700,001: 3 columns, 15 expected',
    })
  })
})
