import { randomUUID } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppSpec } from '#apps/corrente/app-process'
import { demoApps } from '#apps/corrente/demo-apps'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { platformSettings } from '#apps/platform/settings'
import type { S3Sandbox } from '#connectors/object-store-s3/sandbox'
import { newWire } from '#core/wire'
import { openPublisher } from '#core/publisher'
import type { ObjectStore } from '#ports/object-store'
import type {
  ExportCurrent,
  ExportNotify,
  ExportRequest,
  ExportTerms,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { exportRequests } from '#schemas/topics'
import { exportUnits } from '#tests/export-units'
import { Killable } from '#tests/killable'
import { platformOf, type TestStack } from '#tests/stack'
import { watchExports, type WatchedExports } from '#tests/watched-exports'

/** All units of exports in one worker, a folder of movements, one of objects, and a stranger who reads the log. */
export interface ExportScene extends Omit<WatchedExports, 'close'> {
  readonly worker: Killable
  /** As which it is started, and with it another one in its place. */
  readonly spec: AppSpec
  readonly logs: string
  /** The object store of the worker. */
  readonly objects: ObjectStore
  /** Puts movements where the source `csv` looks for them; they are as of `at`. */
  putMovements(batch: string, csv: string | Buffer, at?: Date): void
  /** Asks for an export, and perhaps that somebody is told; gives the id of the request. */
  request(terms: Partial<ExportTerms>, notify?: ExportNotify): Promise<string>
  /** Gives a request up, and with it the export where nobody else asked for it. */
  cancel(requestId: string, served: ExportCurrent): Promise<void>
  stop(): Promise<void>
}

export const tenant = 'tenant-a'

async function openRequests(env: Readonly<Record<string, string | undefined>>) {
  const { kafka, wire: settings } = platformSettings(env)
  const wire = newWire(settings)
  await wire.prepareWrite([exportRequests])
  return openPublisher(kafka, wire, 'test:1', { lingerMs: 5 })
}

/** What points an app at the sandbox of S3. */
export const sandboxEnvOf = ({ bucket, url, key }: S3Sandbox) => ({
  S3_BUCKET: bucket,
  S3_ENDPOINT: url,
  S3_ACCESS_KEY_ID: key.id,
  S3_SECRET_ACCESS_KEY: key.secret,
})

interface Surroundings {
  /** Of the worker, besides the usual; objects lie in a folder unless they name a bucket. */
  readonly settings?: Readonly<Record<string, string>>
  /** What the worker runs besides all units of exports. */
  readonly moreUnits?: readonly string[]
}

/** Starts the scene on a stack that has the platform's topics. */
export async function startExportScene(
  stack: TestStack,
  { settings = {}, moreUnits = [] }: Surroundings = {},
): Promise<ExportScene> {
  const { dataDir, portBase } = stack
  const movements = join(dataDir, 'movements')
  mkdirSync(join(movements, tenant), { recursive: true })
  const folder = { OBJECT_STORE_FOLDER: join(dataDir, 'objects') }
  const { store: objects } = await openObjectStore(settings['S3_BUCKET'] ? settings : folder)
  const platform = { ...process.env, ...platformOf(stack), ...settings }
  const { own } = demoApps({ dataDir, portBase, platform })
  const whole = own.find(({ name }) => name === 'worker')!
  const units = [...exportUnits, ...moreUnits].join(',')
  const env = { ...whole.env, CORRENTE_EXPORTS_SWEEP_SECONDS: '5' }
  const spec = { ...whole, env, args: [...whole.args, '--only', units] }
  const logs = join(dataDir, 'export-logs')
  const worker = new Killable(spec, logs)
  await worker.start()

  const publisher = await openRequests(platform)
  const { close: closeWatch, ...watched } = await watchExports(stack)
  const publish = (request: Unstamped<ExportRequest>) => publisher.publish(exportRequests, request)
  return {
    worker,
    spec,
    logs,
    objects,
    putMovements(batch, csv, at = new Date()) {
      const file = join(movements, tenant, `${batch}.csv`)
      writeFileSync(file, csv)
      utimesSync(file, at, at)
    },
    async request(terms, notify) {
      const request_id = randomUUID()
      const asked = { requested_by: 'test', terms: { ...usualTerms, ...terms } }
      const create = { ...asked, notify: notify ?? null }
      await publish({ request_id, type: 'Create', create })
      return request_id
    },
    async cancel(request_id, { content_key, export_id }) {
      const cancel = { content_key, export_id, cancelled_by: 'test' }
      await publish({ request_id, type: 'Cancel', cancel })
    },
    ...watched,
    async stop() {
      await publisher.close()
      await closeWatch()
      await worker.drain()
      await objects.close()
    },
  }
}

const usualTerms: ExportTerms = {
  tenant_id: tenant,
  source: 'csv',
  batch_id: 'lote-1',
  filter: null,
  data_version: null,
  output: 'PDF',
  template: 'receipt@1',
  language: 'es-CO',
  tolerated_failures: 0,
  tolerated_percent: 0,
  lifetime_minutes: 240,
}
