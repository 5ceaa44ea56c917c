import { pollerSettings, type PollerSettings } from '#apps/payments-poller/config'
import { type EitherSource, eitherSource } from '#apps/payments-poller/either-source'
import { openKsqldb, type OpenKsqldb } from '#apps/payments-poller/open-ksqldb'
import { type OpenLookup, openLookup } from '#apps/payments-poller/open-lookup'
import { Poller } from '#apps/payments-poller/poller'
import { pollerMetrics } from '#apps/payments-poller/poller-metrics'
import { pollerProblems } from '#apps/payments-poller/poller-problems'
import { shareOf } from '#apps/payments-poller/share'
import { updateCall } from '#apps/payments-poller/update-call'
import { nothingOfItsOwn } from '#apps/platform/api-docs/api'
import { httpApp, listen, type Listening, type StatusReport } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'
import { platformSettings } from '#apps/platform/settings'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { newWire } from '#core/wire'

/** A call that ended leaves its place at once; what a budget refills, after so long, milliseconds. */
const pumpMs = 100

const api = nothingOfItsOwn(
  'poller of payments',
  'Asks proxies to check open payments; it is asked for nothing over HTTP.',
)

interface Running {
  readonly poller: Poller
  readonly lookup: OpenLookup
  /** Both undefined where no ksqlDB is named. */
  readonly ksqldb: OpenKsqldb | undefined
  readonly either: EitherSource | undefined
}

/** Starts the poller from its environment. It answers from the beginning, red until its table is read. */
export async function startPaymentsPoller(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const settings = pollerSettings(env)
  const platform = platformSettings(env)
  const ksqldbConfig = ksqldbSettings(env)
  const log = newLog('payments-poller', platform.logLevel)
  const metrics = newMetrics()
  let running: Running | undefined
  const app = httpApp({
    name: 'payments-poller',
    log,
    metrics,
    status: () => statusOf(running, settings),
    api,
    routes: () => undefined,
  })
  const server = await listen(app, settings.port, settings.host)
  try {
    const ksqldb = ksqldbConfig && (await openKsqldb(ksqldbConfig, platform))
    const { kafka, wire } = platform
    const lookup = await openLookup({ kafka, wire: newWire(wire), log })
    const either = ksqldb && eitherSource(ksqldb, lookup, log)
    const { replicas, slot, plan, allowedHosts } = settings
    const poller = new Poller(plan, {
      source: either ?? lookup,
      call: updateCall(allowedHosts),
      isOwn: shareOf({ partitions: lookup.partitions, replicas, slot }),
      metrics: pollerMetrics(metrics),
      log,
    })
    running = { poller, lookup, ksqldb, either }
  } catch (error) {
    await server.close()
    throw error
  }
  const { poller, lookup, ksqldb } = running
  const end = polling(poller, settings.loopMs)
  return {
    url: server.url,
    async close() {
      end()
      await Promise.all([poller.stop(), server.close()])
      await Promise.all([lookup.close(), ksqldb?.close()])
    },
  }
}

/** Rounds one after the other, calls in between; returns what ends both. */
function polling(poller: Poller, loopMs: number): () => void {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const round = async () => {
    await poller.round()
    if (!isOver) timer = setTimeout(() => void round(), loopMs)
  }
  const pump = setInterval(() => poller.pump(), pumpMs)
  void round()
  return () => {
    isOver = true
    clearTimeout(timer)
    clearInterval(pump)
  }
}

async function statusOf(
  running: Running | undefined,
  { latenessMsMax, replicas, slot }: PollerSettings,
): Promise<StatusReport> {
  if (!running) return { problems: ['the open payments are not read yet'] }
  const { poller, lookup, either } = running
  const report = poller.report()
  return {
    problems: [...(await lookup.problems()), ...pollerProblems(report, latenessMsMax)],
    details: { ...report, share: { replicas, slot }, source: sourceOf(either) },
  }
}

/** Where the answers come from, and why not from ksqlDB where one is named. */
function sourceOf(either: EitherSource | undefined) {
  const reason = either?.reason()
  if (either && reason === undefined) return { from: 'ksqldb' }
  return { from: 'lookup', ...(reason === undefined ? {} : { ksqldb: reason }) }
}

if (isEntry(import.meta.url)) await runHttpProcess('payments-poller', startPaymentsPoller)
