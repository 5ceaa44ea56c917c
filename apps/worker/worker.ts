import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterOf } from '#apps/platform/cluster'
import { httpApp, listen, type Listening } from '#apps/platform/http'
import type { PlatformSettings } from '#apps/platform/settings'
import { chosen, type WorkerArguments } from '#apps/worker/arguments'
import type { WorkerConfig } from '#apps/worker/config'
import { countNotifications } from '#apps/worker/notifications-told'
import { countPaymentsCreated } from '#apps/worker/payments-created'
import { takeSlot } from '#apps/worker/slots'
import { type Starting, workerStatus } from '#apps/worker/worker-status'
import { tryLock } from '#compose/embedded/lock'
import type { Log } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import { type CommittedOutcome, type RunningUnits, runUnits } from '#core/run-units'
import { appVersion } from '#core/version'

interface WorkerOptions {
  readonly platform: PlatformSettings
  readonly config: WorkerConfig
  readonly args: WorkerArguments
  readonly units: readonly Unit[]
  readonly log: Log
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

/** Takes a slot, serves its status, and runs the chosen units. */
export async function startWorker(options: WorkerOptions): Promise<Listening> {
  const { config, args, log } = options
  const units = chosen(options.units, args)
  const metrics = newMetrics()
  const slot = await takeSlot({ given: config.slot, directory: join(config.home, 'slots') })
  const starting: Starting = { running: undefined, problem: 'the units are starting' }
  const status = workerStatus(starting, options.platform.kafka.brokers)
  const app = httpApp({ name: 'worker', log, metrics, status, routes: () => undefined })
  const server = await listen(app, config.port, config.host)
  const ending = new AbortController()
  const { kafka, wire } = options.platform
  const { from } = args
  const counters = [countPaymentsCreated(metrics), countNotifications(metrics)]
  const onOutcome = (committed: CommittedOutcome) => counters.forEach((count) => count(committed))
  const directory = join(config.home, 'state')
  const bytesMax = config.stateBytesMax
  const state = { directory, bytesMax, cluster: clusterOf(kafka), lock: tryLock }
  const lookups = join(config.home, 'lookups')
  const running = { units, kafka, wire, slot: slot.name, from, state, lookups }
  const given = { ...running, metrics, log, appVersion, onOutcome }
  const started = startUnits(starting, () => runUnits(given), { signal: ending.signal, log })
  return {
    url: server.url,
    async close() {
      ending.abort()
      await started
      await starting.running?.drain()
      await server.close()
      await slot.release()
    },
  }
}
