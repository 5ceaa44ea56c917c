import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { addressesOf } from '#apps/corrente/demo-apps'
import { downloadExport } from '#apps/corrente/exports/download-export'
import { ExportsClient, type RefusedError } from '#apps/corrente/exports/exports-client'
import { followExport } from '#apps/corrente/exports/follow-export'
import { startExportsApi } from '#apps/exports-api/main'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { platformSettings } from '#apps/platform/settings'
import { filesStore } from '#connectors/object-store-files/index'
import { openPublisher, type Publisher } from '#core/publisher'
import { newWire } from '#core/wire'
import type { ExportCurrent } from '#schemas/generated/types'
import { exportsCurrent, exportsRequested } from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { archiveKey, movementsKey } from '#streams/exports/export-objects'
import { contentKey, termsOf } from '#streams/exports/export-samples'
import { runCommand } from '#tests/command'
import { strangersKafka } from '#tests/log-watch'
import { platformOf } from '#tests/stack'

const token = 'a-token-of-this-test-alone'
let folder: string
let env: Record<string, string>
let publisher: Publisher
let client: ExportsClient
let api: Awaited<ReturnType<typeof startExportsApi>>
beforeAll(async () => {
  const stack = inject('stack')
  folder = mkdtempSync(join(tmpdir(), 'exports-api-'))
  mkdirSync(join(folder, 'movements', 'tenant-a'), { recursive: true })
  writeFileSync(join(folder, 'movements', 'tenant-a', 'lote-1.csv'), 'reference\n1\n')
  const url = addressesOf(stack.portBase).exportsApi
  env = {
    ...platformOf(stack),
    CORRENTE_HOME: stack.dataDir,
    CORRENTE_MOVEMENTS_DIR: join(folder, 'movements'),
    EXPORTS_TOKENS: `back:${token}`,
    EXPORTS_TENANTS: 'back:tenant-a',
    LOG_LEVEL: 'silent',
    OBJECT_STORE_FOLDER: join(folder, 'objects'),
    OBJECT_STORE_LINK_SECRETS: Buffer.alloc(32, 7).toString('base64'),
    OBJECT_STORE_URL: `${url}/objects`,
    PORT: new URL(url).port,
  }
  client = new ExportsClient(url, token)
  const { kafka, wire: format } = platformSettings(env)
  const wire = newWire(format)
  await wire.prepareWrite([exportsCurrent, exportsRequested])
  publisher = await openPublisher(kafka, wire, 'test:0.1.0')
})
afterAll(async () => {
  await publisher.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  api = await startExportsApi(env)
})
afterEach(() => api.close())

const body = {
  ...{ tenant_id: 'tenant-a', source: 'csv', batch_id: 'lote-1' },
  ...{ output: 'PDF', template: 'receipt@1', language: 'es-CO' },
}

/** The keeper has decided a request. */
async function decide(request_id: string, changes: Partial<ExportCurrent> = {}): Promise<void> {
  const at = formatDateTime(new Date())
  const request = { request_id, export_id: request_id, tenant_id: 'tenant-a' }
  await publisher.publish(exportsCurrent, {
    export_id: request_id,
    content_key: contentKey,
    terms: termsOf(),
    state: 'EXTRACTING',
    ...{ records: null, rendered: 0, failed: 0, requested_at: at, rendering_at: null },
    ...{ as_of: null, ready_at: null, expires_at: null, result: null, failure: null },
    updated_at: at,
    ...changes,
  })
  const row = { ...request, requested_by: 'back', requested_at: at }
  await publisher.publish(exportsRequested, row)
}

/** Nothing is kept of it any more. */
async function forget(requestId: string): Promise<void> {
  const producer = strangersKafka(inject('stack')).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  for (const { name: topic } of [exportsRequested, exportsCurrent]) {
    await producer.send({ topic, messages: [{ key: requestId, value: null }] })
  }
  await producer.disconnect()
}

const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ status }: RefusedError) => status,
  )

describe('the API of exports on a real log', () => {
  it('knows what it was asked for before anybody has decided it, also after it was started again', async () => {
    const key = randomUUID()
    const id = await client.request(body, key)
    expect((await client.show(id)).state).toBe('PENDING')
    await api.close()
    api = await startExportsApi(env)
    expect((await client.show(id)).state).toBe('PENDING')
    expect(await client.request(body, key)).toBe(id)
    expect(await refusalOf(client.request({ ...body, language: 'pt-BR' }, key))).toBe(409)
    const { items } = await client.list('tenant-a', { limit: 200 })
    expect(items.map(({ request_id }) => request_id)).toContain(id)
  })

  it('tells each change as it is decided, gives what came out, and nothing once it is over', async () => {
    const id = await client.request(body)
    const { store } = await openObjectStore(env)
    const archive = Buffer.from('an archive that is no archive')
    const { bytes, sha256 } = await store.put(archiveKey(id), archive)
    expect(sha256).toBe(createHash('sha256').update(archive).digest('hex'))
    const told: string[] = []
    for await (const { state } of followExport(client, id)) {
      told.push(state)
      if (state === 'PENDING') await decide(id)
      if (state !== 'EXTRACTING') continue
      const expires_at = formatDateTime(new Date(Date.now() + 600_000))
      const result = { key: archiveKey(id), bytes, sha256 }
      await decide(id, { state: 'READY', records: 1, rendered: 1, expires_at, result })
    }
    expect(told).toEqual(['PENDING', 'EXTRACTING', 'READY'])

    const out = join(folder, 'archive.zip')
    const given = { client, id, out, isForced: false, onProgress: () => undefined }
    writeFileSync(`${out}.part`, archive.subarray(0, 10))
    writeFileSync(`${out}.part.json`, JSON.stringify({ sha256, etag: `"${sha256}"` }))
    await downloadExport(given)
    expect(readFileSync(out).equals(archive)).toBe(true)

    const link = await client.link(id)
    expect((await fetch(link)).status).toBe(200)
    expect((await fetch(link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(403)
    await decide(id, { state: 'READY', expires_at: formatDateTime(new Date(Date.now() - 1_000)) })
    expect((await client.show(id)).state).toBe('EXPIRED')
    expect(await refusalOf(client.link(id))).toBe(410)
    await forget(id)
    expect(await refusalOf(client.show(id))).toBe(410)
    await api.close()
    api = await startExportsApi(env)
    expect(await refusalOf(client.show(id))).toBe(410)
    await store.close()
  })
})

describe('corrente exports sweep', () => {
  it('tells what is stored of no export, deletes it, and leaves alone what is', async () => {
    Object.assign(process.env, env)
    const [orphan, alive] = [randomUUID(), await client.request(body)]
    await decide(alive)
    const hoursAgo = { now: () => Date.now() - 6 * 3_600_000 }
    const store = filesStore({ folder: env['OBJECT_STORE_FOLDER']! }, hoursAgo)
    for (const id of [orphan, alive]) await store.put(movementsKey(id), Buffer.from('reference'))
    const isThere = async (id: string) => (await store.head(movementsKey(id))) !== undefined

    const found = { unknown: { objects: 1, bytes: 9 }, export_ids: [orphan], stopped_by: null }
    const looked = await runCommand(['exports', 'sweep', '--dry-run', '--json'])
    expect([looked.code, looked.err]).toEqual([0, ''])
    expect(JSON.parse(looked.out)).toMatchObject({ ...found, is_dry_run: true })
    expect(await isThere(orphan)).toBe(true)
    const swept = await runCommand(['exports', 'sweep'])
    expect([swept.code, swept.err]).toEqual([0, ''])
    expect(swept.out).toMatch(/^of exports that nothing is kept of +1 +9 B$/m)
    expect(swept.out).toContain(`1 deleted\nexports: ${orphan}\n`)
    expect([await isThere(orphan), await isThere(alive)]).toEqual([false, true])
  })
})
