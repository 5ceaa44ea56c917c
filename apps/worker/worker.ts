import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { nothingOfItsOwn } from '#apps/platform/api-docs/api'
import { clusterOf } from '#apps/platform/cluster'
import { httpApp, listen, type Listening } from '#apps/platform/http'
import type { PlatformSettings } from '#apps/platform/settings'
import { sweepInstallation } from '#apps/platform/sweeping/sweep-installation'
import { chosen, type WorkerArguments } from '#apps/worker/arguments'
import type { WorkerConfig } from '#apps/worker/config'
import { countExports } from '#apps/worker/exports-made'
import { countNotifications } from '#apps/worker/notifications-told'
import { countPaymentsCreated } from '#apps/worker/payments-created'
import { takeSlot } from '#apps/worker/slots'
import { startSweeping } from '#apps/worker/sweeping'
import { countTenantPayments } from '#apps/worker/tenant-payments'
import { type Starting, workerStatus } from '#apps/worker/worker-status'
import { tryLock } from '#compose/embedded/lock'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import type { Log } from '#core/log'
import { type Metrics, newMetrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import { type CommittedOutcome, type RunningUnits, runUnits } from '#core/run-units'
import { appVersion } from '#core/version'
import type { ObjectStore } from '#ports/object-store'
import { exportPurgerName } from '#streams/exports/export-purger'
import { sweepAgeMs } from '#streams/exports/sweep-exports'

interface WorkerOptions {
  readonly platform: PlatformSettings
  readonly config: WorkerConfig
  readonly args: WorkerArguments
  readonly units: readonly Unit[]
  /** Where orphans of exports are looked for; undefined where no store is named. */
  readonly store: ObjectStore | undefined
  readonly log: Log
  /** Absent where traces are off. */
  readonly tracing?: ProcessTracing | undefined
}

/** Longest pause between two tries to reach the broker and the registry, milliseconds. */
const pauseMsMax = 5_000

/** Tries until broker and registry are there: a worker that waits is seen, one that ends is not. */
async function startUnits(
  starting: Starting,
  run: () => Promise<RunningUnits>,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<void> {
  for (let pauseMs = 250; !signal.aborted; pauseMs = Math.min(pauseMsMax, pauseMs * 2)) {
    try {
      starting.running = await run()
      return
    } catch (error) {
      const { message } = error as Error
      if (message !== starting.problem) log.warn({ reason: message }, 'worker waits')
      starting.problem = message
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Of all workers, one sweeps: the one that has the first partition of those who delete exports. */
function startSweeper(
  { platform, config, store: objects, log }: WorkerOptions,
  starting: Starting,
  metrics: Metrics,
): { close(): Promise<void> } | undefined {
  const { sweepEveryMs: everyMs, home } = config
  if (!objects || everyMs === 0) return undefined
  const directory = join(home, 'lookups')
  return startSweeping({
    ...{ everyMs, metrics, log },
    isOurs: () => starting.running?.owns(exportPurgerName, 0) ?? false,
    sweep(signal) {
      const before = new Date(Date.now() - sweepAgeMs.usual)
      return sweepInstallation({ platform, objects, directory, before, signal })
    },
  })
}

const api = nothingOfItsOwn(
  'worker',
  'Runs the units of the platform; it is asked for nothing over HTTP.',
)

/** Takes a slot, serves its status, and runs the chosen units. */
export async function startWorker(options: WorkerOptions): Promise<Listening> {
  const { config, args, log, tracing } = options
  const units = chosen(options.units, args)
  const metrics = newMetrics()
  const slot = await takeSlot({ given: config.slot, directory: join(config.home, 'slots') })
  const starting: Starting = { running: undefined, problem: 'the units are starting' }
  const status = workerStatus(starting, options.platform.kafka.brokers)
  const routes = () => undefined
  const app = httpApp({ name: 'worker', log, metrics, tracing, status, api, routes })
  const server = await listen(app, config.port, config.host)
  const ending = new AbortController()
  const { kafka, wire } = options.platform
  const { from } = args
  const counters = [
    countPaymentsCreated(metrics),
    countNotifications(metrics),
    countExports(metrics),
    countTenantPayments(metrics, config.tenantLabels),
  ]
  const onOutcome = (committed: CommittedOutcome) => counters.forEach((count) => count(committed))
  const directory = join(config.home, 'state')
  const bytesMax = config.stateBytesMax
  const state = { directory, bytesMax, cluster: clusterOf(kafka), lock: tryLock }
  const lookups = join(config.home, 'lookups')
  const running = { units, kafka, wire, slot: slot.name, from, state, lookups }
  const given = { ...running, metrics, log, tracing, appVersion, onOutcome }
  const started = startUnits(starting, () => runUnits(given), { signal: ending.signal, log })
  const sweeper = startSweeper(options, starting, metrics)
  return {
    url: server.url,
    async close() {
      ending.abort()
      await started
      await Promise.all([starting.running?.drain(), sweeper?.close()])
      await server.close()
      await slot.release()
    },
  }
}
