import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addressesOf } from '#apps/corrente/demo-apps'
import { ExportsClient } from '#apps/corrente/exports/exports-client'
import { startExportsApi } from '#apps/exports-api/main'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import { archiveFolder } from '#tests/archive-readers'
import { type Bank, openBank } from '#tests/bank'
import { runCommand } from '#tests/command'
import { type ExportScene, startExportScene, tenant } from '#tests/export-scene'
import { demoCsv, isOver } from '#tests/exported'
import { platformOf } from '#tests/stack'

const asOf = new Date('2026-01-31T23:00:00Z')
const token = 'a-token-of-this-test-alone'
let bank: Bank
let scene: ExportScene
let api: Awaited<ReturnType<typeof startExportsApi>>
let client: ExportsClient
beforeAll(async () => {
  const stack = inject('stack')
  const url = addressesOf(stack.portBase).exportsApi
  bank = await openBank()
  scene = await startExportScene(stack, { settings: bank.settings })
  // As the worker is told: the commands work on the same objects.
  process.env['OBJECT_STORE_FOLDER'] = join(stack.dataDir, 'objects')
  api = await startExportsApi({
    ...{ ...platformOf(stack), ...bank.settings, LOG_LEVEL: 'silent' },
    ...{ EXPORTS_TOKENS: `back:${token}`, EXPORTS_TENANTS: `back:${tenant}` },
    CORRENTE_HOME: join(stack.dataDir, 'asked'),
    CORRENTE_MOVEMENTS_DIR: join(stack.dataDir, 'movements'),
    OBJECT_STORE_FOLDER: join(stack.dataDir, 'objects'),
    OBJECT_STORE_LINK_SECRETS: Buffer.alloc(32, 7).toString('base64'),
    OBJECT_STORE_URL: `${url}/objects`,
    PORT: new URL(url).port,
  })
  client = new ExportsClient(url, token)
}, 120_000)
const folder = archiveFolder()
afterAll(async () => {
  delete process.env['OBJECT_STORE_FOLDER']
  folder.remove()
  await api?.close()
  await scene?.stop()
  await bank?.stop()
})

describe('a template', () => {
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
    scene.putMovements(batch_id, await demoCsv(3), asOf)
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
    scene.putMovements('pinned', await demoCsv(3), asOf)
    const pinned = await scene.request({ batch_id: 'pinned', template: 'own@2' })
    expect(await madeBy(pinned)).toEqual(['READY', 'own@2'])
  })
})

describe('a batch of a database of movements', () => {
  const asked = {
    ...{ tenant_id: tenant, source: 'postgres', batch_id: 'lote' },
    ...{ output: 'PDF', template: 'receipt@1', language: 'es-CO' },
  }

  it('makes the archive that comes of the same movements in a file', async () => {
    const csv = await demoCsv(60)
    scene.putMovements('lote', csv, asOf)
    await bank.put({ tenantId: tenant, batchId: 'lote' }, csv, asOf)
    const requests = [await scene.request({ batch_id: 'lote' }), await client.request(asked)]
    const [file, query] = await Promise.all(requests.map((id) => scene.exportOf(id, isOver)))
    expect(query).toMatchObject({ state: 'READY', records: 60, as_of: '2026-02-01T00:00:00+01:00' })
    expect(query!.terms).toMatchObject({ source: 'postgres', data_version: '1' })
    expect(query!.result!.sha256).toBe(file!.result!.sha256)
  })

  it('refuses a batch that is not there', async () => {
    const none = client.request({ ...asked, batch_id: 'none' })
    await expect(none).rejects.toMatchObject({ status: 404 })
  })
})
