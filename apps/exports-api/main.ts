import { join } from 'node:path'
import { exportsApiSettings } from '#apps/exports-api/config'
import type { Desk } from '#apps/exports-api/desk'
import { exportsApi } from '#apps/exports-api/exports-api'
import { holdersOf } from '#apps/exports-api/holders'
import { Listeners } from '#apps/exports-api/known/listeners'
import { type OpenPorts, openPorts } from '#apps/exports-api/open-ports'
import { openLinkingStore } from '#apps/exports-api/open-store'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { namedMovementSources } from '#apps/platform/movements/movement-sources'
import { templatePinning } from '#apps/platform/pin-template'
import { platformSettings } from '#apps/platform/settings'
import { newWaits } from '#apps/platform/waits'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { newWire } from '#core/wire'

const name = 'exports-api'
const heartbeatMs = 15_000

/**
 * Starts the API of exports from its environment. It answers from the beginning, 503 and red until its tables are read; it
 * is started once they are.
 */
export async function startExportsApi(
  env: Readonly<Record<string, string | undefined>>,
  tracing?: ProcessTracing,
): Promise<Listening> {
  const settings = exportsApiSettings(env)
  const { kafka, wire, logLevel } = platformSettings(env)
  const sources = namedMovementSources(env)
  const { store, serveObjects } = await openLinkingStore(env)
  const log = newLog(name, logLevel)
  const waits = newWaits(log)
  const listeners = new Listeners(settings.listenersMax)
  let ports: OpenPorts | undefined
  const now = () => new Date()
  const { linkMs, notifying } = settings
  const desk: Desk = {
    ports: () => ports,
    sources,
    store,
    pinTemplate: templatePinning(store),
    notifying,
    listeners,
    linkMs,
    heartbeatMs,
    now,
    log,
  }
  const problems = async () =>
    ports ? ports.problems() : ['the tables are not read yet', ...waits.sentences()]
  const app = exportsApi({
    desk,
    findHolder: holdersOf(settings.tokens, settings.grants),
    serveObjects,
    log,
    tracing,
    metrics: newMetrics(),
    status: async () => ({
      problems: await problems(),
      details: { listeners: listeners.count, sources: sources.names },
    }),
  })
  const server = await listen(app, settings.port, settings.host)
  try {
    const directory = join(settings.home, 'lookups')
    ports = await openPorts({ kafka, wire: newWire(wire), directory, listeners, log, waits })
  } catch (error) {
    await Promise.all([server.close(), store.close()])
    throw error
  }
  const { close } = ports
  return {
    url: server.url,
    async close() {
      // Whoever follows an export would hold the server open.
      listeners.close()
      await server.close()
      await Promise.all([close(), store.close()])
    },
  }
}

if (isEntry(import.meta.url)) await runHttpProcess(name, startExportsApi)
