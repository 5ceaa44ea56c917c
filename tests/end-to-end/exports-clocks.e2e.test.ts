import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { logPathOf } from '#apps/corrente/app-process'
import { addressesOf } from '#apps/corrente/demo-apps'
import { ExportsClient, type RefusedError } from '#apps/corrente/exports/exports-client'
import { startExportsApi } from '#apps/exports-api/main'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { instantOf } from '#schemas/values/date-time'
import { type ExportScene, startExportScene } from '#tests/export-scene'
import { demoCsv } from '#tests/exported'
import { Killable } from '#tests/killable'
import { movedClock } from '#tests/moved-clock'
import { platformOf } from '#tests/stack'

const hourMs = 3_600_000
const token = 'a-token-of-this-test-alone'
let scene: ExportScene
let late: Killable
let api: Awaited<ReturnType<typeof startExportsApi>>
let client: ExportsClient
let links: Awaited<ReturnType<typeof openObjectStore>>
beforeAll(async () => {
  const stack = inject('stack')
  scene = await startExportScene(stack)
  await scene.worker.drain()
  const nodeOptions = [...(scene.spec.nodeOptions ?? []), ...movedClock(-hourMs)]
  late = new Killable({ ...scene.spec, name: 'worker', nodeOptions }, join(scene.logs, 'late'))
  const url = addressesOf(stack.portBase).exportsApi
  const store = {
    OBJECT_STORE_FOLDER: join(stack.dataDir, 'objects'),
    OBJECT_STORE_LINK_SECRETS: Buffer.alloc(32, 7).toString('base64'),
    OBJECT_STORE_URL: `${url}/objects`,
  }
  links = await openObjectStore(store)
  client = new ExportsClient(url, token)
  const [opened] = await Promise.all([
    startExportsApi({
      ...{ ...platformOf(stack), ...store },
      CORRENTE_HOME: stack.dataDir,
      CORRENTE_MOVEMENTS_DIR: join(stack.dataDir, 'movements'),
      EXPORTS_TOKENS: `back:${token}`,
      EXPORTS_TENANTS: 'back:tenant-a',
      LOG_LEVEL: 'silent',
      PORT: new URL(url).port,
    }),
    late.start(),
  ])
  api = opened
}, 120_000)
afterAll(async () => {
  await Promise.all([api?.close(), links?.store.close(), late?.drain()])
  await scene?.stop()
})

const clockOf = (log: string): number => {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return Date.parse((JSON.parse(lines.at(-1)!) as { readonly time: string }).time)
}

it('an export of a worker whose clock is an hour behind ends when it says: nothing is given, though the file is there', async () => {
  scene.putMovements('late', await demoCsv(3))
  const request = await scene.request({ batch_id: 'late', lifetime_minutes: 0 })
  const { export_id, ready_at, expires_at, result } = await scene.exportOf(
    request,
    ({ state }) => state === 'READY',
  )
  // The clock of the worker plays no part in what it says.
  expect(Date.now() - clockOf(logPathOf(join(scene.logs, 'late'), 'worker'))).toBeGreaterThan(
    hourMs / 2,
  )
  expect(expires_at).toBe(ready_at)
  expect(Math.abs(Date.now() - instantOf(expires_at!))).toBeLessThan(60_000)

  await expect.poll(async () => (await client.show(request)).state).toBe('EXPIRED')
  const refused = await client.link(request).catch(({ status }: RefusedError) => status)
  expect(refused).toBe(410)

  const until = Date.now() + 1_500
  const expiresAt = new Date(until).toISOString()
  const link = await links.store.signGet(result!.key, { expiresAt, filename: 'receipts.zip' })
  expect((await fetch(link)).status).toBe(200)
  await expect.poll(() => Date.now(), { timeout: 5_000 }).toBeGreaterThanOrEqual(until)
  expect((await fetch(link)).status).toBe(403)
  expect(await scene.objects.head(result!.key)).toBeDefined()

  await late.drain()
  await scene.worker.start()
  await scene.forgotten(export_id)
  expect(await scene.objects.head(result!.key)).toBeUndefined()
}, 120_000)
