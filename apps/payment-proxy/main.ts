import { paymentProxySettings } from '#apps/payment-proxy/config'
import { openTables } from '#apps/payment-proxy/open-tables'
import { paymentProxy } from '#apps/payment-proxy/proxy'
import { paymentProxyEdge } from '#apps/platform/edges'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { connectedOnce } from '#apps/platform/intermediaries'
import { platformSettings } from '#apps/platform/settings'
import { intermediaries } from '#connectors/index'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { openPublisher } from '#core/publisher'
import { openOffsetSource } from '#core/topic-reader'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'

/** Starts the payment proxy from its environment; it takes requests once its tables are read. */
export async function startPaymentProxy(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const { port, host } = paymentProxySettings(env)
  const { kafka, wire: wireSettings, logLevel } = platformSettings(env)
  const log = newLog('payment-proxy', logLevel)
  const wire = newWire(wireSettings)
  await wire.prepareWrite(paymentProxyEdge.outputs)
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `payment-proxy:${appVersion}`)
  const opened = await openTables({ kafka, offsets, wire, log })
  await opened.refresh()
  const proxy = paymentProxy({
    connectors: intermediaries.map(connectedOnce),
    tables: opened.tables,
    publisher,
    metrics: newMetrics(),
    log,
    status: async () => ({ problems: await opened.problems() }),
  })
  const server = await listen(proxy, port, host)
  return {
    url: server.url,
    async close() {
      await server.close()
      await Promise.all([publisher.close(), opened.close()])
      await offsets.close()
    },
  }
}

if (isEntry(import.meta.url)) await runHttpProcess('payment-proxy', startPaymentProxy)
