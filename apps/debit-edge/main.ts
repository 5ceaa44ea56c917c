import { debitEdgeSettings } from '#apps/debit-edge/config'
import { debitEdgeApp } from '#apps/debit-edge/edge'
import { edgeMetrics } from '#apps/debit-edge/edge-metrics'
import { type OpenPorts, openPorts } from '#apps/debit-edge/open-ports'
import { tokensOf } from '#apps/debit-edge/reading/card'
import { postgresViews } from '#apps/debit-edge/views/postgres-views'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { platformSettings } from '#apps/platform/settings'
import { newWaits } from '#apps/platform/waits'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { newWire } from '#core/wire'

const name = 'debit-edge'

/**
 * Starts the edge from its environment. It answers from the beginning, 503 and red until the log is open; it is started
 * once it is.
 */
export async function startDebitEdge(
  env: Readonly<Record<string, string | undefined>>,
  tracing?: ProcessTracing,
): Promise<Listening> {
  const settings = debitEdgeSettings(env)
  const { kafka, wire, logLevel } = platformSettings(env)
  const log = newLog(name, logLevel)
  const waits = newWaits(log)
  const metrics = newMetrics()
  let ports: OpenPorts | undefined
  const numbers = edgeMetrics(metrics, () => ports?.open() ?? 0)
  const { databaseUrl, tokens, cardKey, isLuhnChecked, deadlineMs } = settings
  const views = databaseUrl === undefined ? undefined : postgresViews(databaseUrl)
  const problems = async () =>
    ports ? ports.problems() : ['the log is not open yet', ...waits.sentences()]
  const app = debitEdgeApp({
    desk: {
      ports: () => ports,
      cards: { tokens: tokensOf(cardKey), isLuhnChecked },
      deadlineMs,
      metrics: numbers,
      views,
    },
    tokens,
    log,
    metrics,
    tracing,
    status: async () => ({
      problems: await problems(),
      details: {
        open_requests: ports?.open() ?? 0,
        late_requests_to_give_back: ports?.givingBack() ?? 0,
      },
    }),
  })
  const server = await listen(app, settings.port, settings.host)
  try {
    const { directory } = settings
    const { late } = numbers
    ports = await openPorts({ kafka, wire: newWire(wire), directory, log, late, waits })
  } catch (error) {
    await Promise.all([server.close(), views?.close()])
    throw error
  }
  const { close } = ports
  return {
    url: server.url,
    async close() {
      // Whoever waits for a decision is answered first.
      await server.close()
      await Promise.all([close(), views?.close()])
    },
  }
}

if (isEntry(import.meta.url)) await runHttpProcess(name, startDebitEdge)
