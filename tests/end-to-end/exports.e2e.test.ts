import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addressesOf } from '#apps/corrente/demo-apps'
import { demoMovements } from '#apps/corrente/demo-export/movements'
import { ExportsClient } from '#apps/corrente/exports/exports-client'
import { startExportsApi } from '#apps/exports-api/main'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import type { ExportCurrent } from '#schemas/generated/types'
import { movementsKey, segmentKey } from '#streams/exports/export-objects'
import { archiveFolder, foundByPython } from '#tests/archive-readers'
import { runCommand } from '#tests/command'
import { type Bank, openBank } from '#tests/bank'
import { type ExportScene, startExportScene, tenant } from '#tests/export-scene'
import { platformOf } from '#tests/stack'

const asOf = new Date('2026-01-31T23:00:00Z')
let bank: Bank
let scene: ExportScene
beforeAll(async () => {
  bank = await openBank()
  scene = await startExportScene(inject('stack'), bank.settings)
}, 120_000)
afterAll(async () => {
  await scene?.stop()
  await bank?.stop()
})

async function csvOf(receipts: number, seed = 1): Promise<Buffer> {
  const parts = []
  for await (const part of demoMovements({ batch: 'lote', receipts, seed })) parts.push(part)
  return Buffer.concat(parts)
}
const isIn =
  (...states: readonly ExportCurrent['state'][]) =>
  ({ state }: ExportCurrent) =>
    states.includes(state)
const isOver = isIn('READY', 'READY_WITH_ERRORS', 'FAILED', 'CANCELLED')

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
    const csv = await csvOf(450)
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
    scene.putMovements('shared', await csvOf(10), asOf)
    const requests = await Promise.all([1, 2].map(() => scene.request({ batch_id: 'shared' })))
    const [one, other] = await Promise.all(requests.map((id) => scene.exportOf(id, isOver)))
    expect(one!.export_id).toBe(other!.export_id)
  })

  it('fails of a movement that can not be printed, says why, and leaves nothing behind', async () => {
    const csv = (await csvOf(20)).toString().replace('Banco de la Nación', 'Banco 漢')
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
    scene.putMovements('mistake', `${(await csvOf(3)).toString()}a,b\n`, asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'mistake' }), isOver)
    expect(one).toMatchObject({ state: 'FAILED', failure: { code: 'csv-column-count' } })
    expect(one.failure!.message).toBe('line 5: 2 columns, 15 expected')
  })

  it('of no movements is an archive with a manifest', async () => {
    scene.putMovements('none', await csvOf(0), asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'none' }), isOver)
    expect(one).toMatchObject({ state: 'READY', records: 0 })
    expect(await namesIn(one)).toEqual(['manifest.json'])
  })

  it('that is given up while it is made is deleted', async () => {
    scene.putMovements('given-up', await csvOf(3_000), asOf)
    const request = await scene.request({ batch_id: 'given-up' })
    await scene.cancel(request, await scene.exportOf(request, isIn('RENDERING')))
    const one = await scene.exportOf(request, isIn('CANCELLED'))
    await emptied(one)
  })

  it('is deleted and forgotten when its time is over', async () => {
    scene.putMovements('short', await csvOf(5), asOf)
    const request = await scene.request({ batch_id: 'short', lifetime_minutes: 0 })
    const one = await scene.exportOf(request, isIn('READY', 'EXPIRED'))
    await scene.forgotten(one.export_id)
    expect(await keysOf(one)).toEqual([])
  })
  it('loses nothing to the worker that sweeps, which deletes what lies there of no export', async () => {
    scene.putMovements('beside', await csvOf(5), asOf)
    const one = await scene.exportOf(await scene.request({ batch_id: 'beside' }), isOver)
    const before = await keysOf(one)
    const old = segmentKey(one.export_id, 99)
    await scene.formerObjects.put(old, Buffer.from('of an export that is alive'))
    const orphan = { ...one, export_id: randomUUID() }
    await scene.formerObjects.put(movementsKey(orphan.export_id), Buffer.from('of none'))
    await emptied(orphan)
    expect(await keysOf(one)).toEqual([...before, old].sort())
  })
})

describe('a template', () => {
  let api: Awaited<ReturnType<typeof startExportsApi>>
  let client: ExportsClient
  beforeAll(async () => {
    const stack = inject('stack')
    const url = addressesOf(stack.portBase).exportsApi
    const token = 'a-token-of-this-test-alone'
    process.env['OBJECT_STORE_FOLDER'] = join(stack.dataDir, 'objects')
    api = await startExportsApi({
      ...platformOf(stack),
      CORRENTE_HOME: stack.dataDir,
      CORRENTE_MOVEMENTS_DIR: join(stack.dataDir, 'movements'),
      EXPORTS_TOKENS: `back:${token}`,
      EXPORTS_TENANTS: `back:${tenant}`,
      LOG_LEVEL: 'silent',
      OBJECT_STORE_FOLDER: join(stack.dataDir, 'objects'),
      OBJECT_STORE_LINK_SECRETS: Buffer.alloc(32, 7).toString('base64'),
      OBJECT_STORE_URL: `${url}/objects`,
      PORT: new URL(url).port,
    })
    client = new ExportsClient(url, token)
  })
  afterAll(() => api?.close())

  const publish = (version: number) => {
    const receipt = shippedTemplates().find(({ name }) => name === 'receipt')!
    const text = JSON.stringify({ ...receipt, name: 'own', version })
    return runCommand([
      'templates',
      'publish',
      folder.write(`own-${version}.json`, Buffer.from(text)),
    ])
  }
  const ask = async (batch_id: string, template: string) => {
    scene.putMovements(batch_id, await csvOf(3), asOf)
    const asked = { tenant_id: tenant, source: 'csv', batch_id, output: 'PDF', language: 'es-CO' }
    return client.request({ ...asked, template })
  }
  const madeBy = async (request: string) => {
    const { state, terms } = await scene.exportOf(request, isOver)
    return [state, terms.template]
  }

  it('that is published makes documents at once; rolled back, only of what was asked for before', async () => {
    for (const version of [1, 2]) expect(await publish(version)).toMatchObject({ code: 0 })
    expect(await madeBy(await ask('newest', 'own'))).toEqual(['READY', 'own@2'])

    expect((await runCommand(['templates', 'withdraw', 'own@2'])).out).toContain(
      'own alone is own@1',
    )
    expect(await madeBy(await ask('rolled-back', 'own'))).toEqual(['READY', 'own@1'])
    await expect(ask('refused', 'own@2')).rejects.toMatchObject({ status: 422 })
    // As it lies on the log where it was pinned before.
    scene.putMovements('pinned', await csvOf(3), asOf)
    const pinned = await scene.request({ batch_id: 'pinned', template: 'own@2' })
    expect(await madeBy(pinned)).toEqual(['READY', 'own@2'])
  })
})

describe('the API, of a database of movements', () => {
  const token = 'a-token-of-this-test-alone'
  const asked = {
    ...{ tenant_id: tenant, source: 'postgres', batch_id: 'lote' },
    ...{ output: 'PDF', template: 'receipt@1', language: 'es-CO' },
  }
  let api: Awaited<ReturnType<typeof startExportsApi>>
  beforeAll(async () => {
    const stack = inject('stack')
    const url = addressesOf(stack.portBase).exportsApi
    api = await startExportsApi({
      ...{ ...platformOf(stack), ...bank.settings, LOG_LEVEL: 'silent' },
      ...{ EXPORTS_TOKENS: `back:${token}`, EXPORTS_TENANTS: `back:${tenant}` },
      CORRENTE_HOME: join(stack.dataDir, 'exports-of-a-database'),
      OBJECT_STORE_FOLDER: join(stack.dataDir, 'objects'),
      OBJECT_STORE_LINK_SECRETS: Buffer.alloc(32, 7).toString('base64'),
      OBJECT_STORE_URL: `${url}/objects`,
      PORT: new URL(url).port,
    })
  })
  afterAll(() => api.close())

  it('makes the archive that comes of the same movements in a file', async () => {
    const csv = await csvOf(60)
    scene.putMovements('lote', csv, asOf)
    await bank.put({ tenantId: tenant, batchId: 'lote' }, csv, asOf)
    const requests = [
      await scene.request({ batch_id: 'lote' }),
      await new ExportsClient(api.url, token).request(asked),
    ]
    const [file, query] = await Promise.all(requests.map((id) => scene.exportOf(id, isOver)))
    expect(query).toMatchObject({ state: 'READY', records: 60, as_of: '2026-02-01T00:00:00+01:00' })
    expect(query!.terms).toMatchObject({ source: 'postgres', data_version: '1' })
    expect(query!.result!.sha256).toBe(file!.result!.sha256)
  })

  it('refuses a batch that is not there', async () => {
    const none = new ExportsClient(api.url, token).request({ ...asked, batch_id: 'none' })
    await expect(none).rejects.toMatchObject({ status: 404 })
  })
})

describe('who asks to be told what comes of an export', () => {
  const page = 'https://exports.example/exports/1'
  const whom = (name: string, webhook = 'taken') => ({
    ...{ email: `${name}-${randomUUID().slice(0, 8)}@body.example`, webhook },
    ...{ language: 'es-CO', page },
  })
  const bodiesOf = async (requestId: string) => {
    const events = await scene.told.eventsOf(requestId)
    return events.map(({ body }) => JSON.parse(body) as { readonly data: object })
  }

  it('hears once that it is ready, each of all who share it, though the worker is killed meanwhile', async () => {
    scene.putMovements('told', await csvOf(20), asOf)
    const asked = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const notify = whom('ready')
        return { notify, id: await scene.request({ batch_id: 'told' }, notify) }
      }),
    )
    const countOf = ({ id }: { readonly id: string }) => scene.told.deliveriesOf(id).length
    const isBegun = () => asked.some((one) => countOf(one) > 0)
    await expect.poll(isBegun, { timeout: 40_000, interval: 5 }).toBe(true)
    await scene.worker.kill()
    expect(
      asked.every((one) => countOf(one) === 2),
      'all were told before the kill',
    ).toBe(false)
    await scene.worker.start()
    for (const { id, notify } of asked) {
      const told = await scene.told.told(id, 2)
      expect(told.map(({ outcome }) => outcome)).toEqual(['DELIVERED', 'DELIVERED'])
      expect(await scene.told.mailsTo(notify.email)).toHaveLength(1)
    }
    await scene.told.caughtUp()
    for (const one of asked) expect([countOf(one), scene.told.isKept(one.id)]).toEqual([2, false])
    const [{ id, notify }] = asked as [(typeof asked)[number]]
    const [mail] = await scene.told.mailsTo(notify.email)
    expect(mail!.subject).toBe('Su exportación está lista: 20 documentos')
    expect(mail!.text.split(/\r?\n/)).toContain(page)
    const [told] = await bodiesOf(id)
    const { export_id, expires_at } = await scene.exportOf(id, isOver)
    const counts = { records: 20, rendered: 20, failed: 0 }
    const facts = { request_id: id, export_id, state: 'READY', ...counts, expires_at }
    expect(told).toMatchObject({ type: 'export-ready@1', data: { ...facts, failure_code: null } })
  }, 120_000)

  it('hears at once of what is ready already', async () => {
    const id = await scene.request({ batch_id: 'told' }, whom('joining'))
    expect(await scene.told.told(id, 2)).toMatchObject([{ outcome: 'DELIVERED' }, {}])
  })

  it('hears that it failed, and why; a webhook that was down hears it later', async () => {
    scene.putMovements('wrong', `${(await csvOf(3)).toString()}a,b\n`, asOf)
    const notify = whom('failed', 'later')
    const id = await scene.request({ batch_id: 'wrong' }, notify)
    const told = await scene.told.told(id, 2)
    const attempts = Object.fromEntries(told.map((one) => [one.channel, one.attempts]))
    expect(attempts).toEqual({ Email: 1, Webhook: 2 })
    const [mail, ...more] = await scene.told.mailsTo(notify.email)
    expect(more).toEqual([])
    expect(mail!.subject).toBe('Su exportación no se pudo completar')
    expect(mail!.text).toContain('line 5: 2 columns, 15 expected (csv-column-count)')
    const bodies = await bodiesOf(id)
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toEqual(bodies[1])
    const facts = { state: 'FAILED', failure_code: 'csv-column-count', expires_at: null }
    expect(bodies[0]).toMatchObject({ type: 'export-failed@1', data: facts })
  })

  it('is named in nothing that stays, and in no log', async () => {
    await scene.told.caughtUp()
    expect(scene.told.naming).toEqual([])
    const log = readFileSync(scene.workerLog, 'utf8')
    expect(log).toContain('export-notifications')
    expect(log).not.toContain('@body.example')
  })
})
