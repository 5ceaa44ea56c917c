import { join } from 'node:path'
import { paymentProxySettings } from '#apps/payment-proxy/config'
import { bearerReader } from '#apps/payment-proxy/configuration/bearer'
import { type OpenPorts, openPorts } from '#apps/payment-proxy/open-ports'
import { paymentProxy } from '#apps/payment-proxy/proxy'
import { newWaits } from '#apps/platform/waits'
import { paymentProxyEdge } from '#apps/platform/edges'
import { openExchangeNotes } from '#apps/platform/exchange-notes'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { connectedOnce, unsealing } from '#apps/platform/intermediaries'
import { platformSettings } from '#apps/platform/settings'
import { threadRenderer } from '#apps/platform/thread-renderer'
import { intermediaries } from '#connectors/index'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { newWire } from '#core/wire'

/**
 * Starts the payment proxy from its environment. It answers from the beginning, 503 and red until its tables are
 * read; it is started once they are.
 */
export async function startPaymentProxy(
  env: Readonly<Record<string, string | undefined>>,
  tracing?: ProcessTracing,
): Promise<Listening> {
  const { port, host, keys, access, allowedHosts, home } = paymentProxySettings(env)
  const platform = platformSettings(env)
  const { kafka, wire, logLevel } = platform
  const log = newLog('payment-proxy', logLevel)
  const waits = newWaits(log)
  const renderer = threadRenderer()
  const notes = openExchangeNotes(platform, paymentProxyEdge.name, log)
  let ports: OpenPorts | undefined
  const problems = async () =>
    ports ? ports.problems() : ['the tables are not read yet', ...waits.sentences()]
  const proxy = paymentProxy({
    connectors: intermediaries.map((one) => connectedOnce(unsealing(one, keys))),
    access: { ...access, keys, readBearer: bearerReader(access.tokens) },
    allowedHosts,
    renderer,
    ports: () => ports,
    metrics: newMetrics(),
    log,
    tracing,
    notesOf: notes.notesOf,
    status: async () => ({ problems: await problems() }),
  })
  const server = await listen(proxy, port, host)
  try {
    const directory = join(home, 'lookups')
    ports = await openPorts({ kafka, wire: newWire(wire), directory, log, waits })
  } catch (error) {
    await server.close()
    throw error
  }
  const { close } = ports
  return {
    url: server.url,
    async close() {
      await server.close()
      await Promise.all([close(), renderer.close(), notes.close()])
    },
  }
}

if (isEntry(import.meta.url)) await runHttpProcess('payment-proxy', startPaymentProxy)
