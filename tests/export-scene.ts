import { randomUUID } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoApps } from '#apps/corrente/demo-apps'
import { platformSettings } from '#apps/platform/settings'
import { filesStore } from '#connectors/object-store-files/index'
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
import { openLogWatch } from '#tests/log-watch'
import { platformOf, type TestStack } from '#tests/stack'
import { openToldScene, tellingUnits, type ToldScene } from '#tests/told-scene'

/** All units of exports in one worker, a folder of movements, one of objects, and a stranger who reads the log. */
export interface ExportScene {
  readonly worker: Killable
  /** The log of the worker. */
  readonly workerLog: string
  /** What is told of exports. */
  readonly told: ToldScene
  /** The object store of the worker. */
  readonly objects: ObjectStore
  /** The same, hours ago. */
  readonly formerObjects: ObjectStore
  /** Puts movements where the source `csv` looks for them; they are as of `at`. */
  putMovements(batch: string, csv: string | Buffer, at?: Date): void
  /** Asks for an export, and perhaps that somebody is told; gives the id of the request. */
  request(terms: Partial<ExportTerms>, notify?: ExportNotify): Promise<string>
  /** Gives a request up, and with it the export where nobody else asked for it. */
  cancel(requestId: string, served: ExportCurrent): Promise<void>
  /** The export a request led to, as everybody could see it when it was so last; waits until it was. */
  exportOf(requestId: string, isSo: (one: ExportCurrent) => boolean): Promise<ExportCurrent>
  /** Waits until nothing is kept of an export. */
  forgotten(exportId: string): Promise<void>
  stop(): Promise<void>
}

export const tenant = 'tenant-a'

async function openRequests(env: Readonly<Record<string, string | undefined>>) {
  const { kafka, wire: settings } = platformSettings(env)
  const wire = newWire(settings)
  await wire.prepareWrite([exportRequests])
  return openPublisher(kafka, wire, 'test:1', { lingerMs: 5 })
}

const hourMs = 3_600_000
const storesIn = (folder: string) => ({
  objects: filesStore({ folder }),
  formerObjects: filesStore({ folder }, { now: () => Date.now() - 6 * hourMs }),
})

async function startParts(stack: TestStack, platform: NodeJS.ProcessEnv) {
  const { own, sandbox } = demoApps({ ...stack, platform })
  const spec = own.find(({ name }) => name === 'worker')!
  const args = [...spec.args, '--only', [...exportUnits, ...tellingUnits].join(',')]
  const env = { ...spec.env, CORRENTE_EXPORTS_SWEEP_SECONDS: '5' }
  const logs = join(stack.dataDir, 'export-logs')
  const worker = new Killable({ ...spec, args, env }, logs)
  const [told] = await Promise.all([openToldScene(stack, sandbox, logs), worker.start()])
  return { worker, told, workerLog: join(logs, 'worker.log') }
}

/** Starts the scene on a stack that has the platform's topics; the worker has settings of a test's own besides the usual. */
export async function startExportScene(
  stack: TestStack,
  settings: Readonly<Record<string, string>> = {},
): Promise<ExportScene> {
  const { dataDir } = stack
  const movements = join(dataDir, 'movements')
  mkdirSync(join(movements, tenant), { recursive: true })
  const platform = { ...process.env, ...platformOf(stack), ...settings }
  const { worker, ...others } = await startParts(stack, platform)

  const publisher = await openRequests(platform)
  // All that each was: one that expires at once is forgotten between two looks.
  const versions = new Map<string, (ExportCurrent | null)[]>()
  const exportIds = new Map<string, string>()
  const topics = ['exports.current', 'exports.requested']
  const watch = await openLogWatch(stack, topics, ({ topic, key, value }) => {
    if (topic === 'exports.current') {
      const version = (value as ExportCurrent | undefined) ?? null
      versions.set(key!, [...(versions.get(key!) ?? []), version])
    } else if (value) exportIds.set(key!, (value as { export_id: string }).export_id)
  })
  const publish = (request: Unstamped<ExportRequest>) => publisher.publish(exportRequests, request)
  return {
    worker,
    ...others,
    ...storesIn(join(dataDir, 'objects')),
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
    exportOf: (requestId, isSo) =>
      watch.until(
        `the export of ${requestId}`,
        () => {
          const all = versions.get(exportIds.get(requestId) ?? '') ?? []
          return all.filter((one) => one !== null).findLast(isSo)
        },
        45_000,
      ),
    forgotten: async (exportId) => {
      const isForgotten = () => (versions.get(exportId)?.at(-1) === null ? true : undefined)
      await watch.until(`${exportId} to be forgotten`, isForgotten, 60_000)
    },
    async stop() {
      await publisher.close()
      await watch.close()
      await worker.drain()
      await others.told.stop()
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
  lifetime_minutes: 240,
}
