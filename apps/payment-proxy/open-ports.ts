import type { PaymentProxyPorts } from '#apps/payment-proxy/desk'
import { openTables } from '#apps/payment-proxy/open-tables'
import type { Waits } from '#apps/platform/waits'
import { paymentProxyEdge } from '#apps/platform/edges'
import { writable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import { openPublisher } from '#core/publisher'
import { openOffsetSource } from '#core/offset-source'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'

/** What the routes work with, on a real log. */
export interface OpenPorts extends Pick<PaymentProxyPorts, 'tables' | 'publisher'> {
  /** Sentences about what keeps the tables from being up to date. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly kafka: KafkaSettings
  readonly wire: Wire
  /** The folder for the rows of the tables. */
  readonly directory: string
  readonly log: Log
  readonly waits: Waits
}

/**
 * Resolves once the tables are read whole, waiting as long as the registry is away. Throws a sentence where no
 * broker answers, or where a topic or a schema is missing.
 */
export async function openPorts(dependencies: Dependencies): Promise<OpenPorts> {
  const { kafka, wire, waits } = dependencies
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `${paymentProxyEdge.name}:${appVersion}`)
  const opened = await openTables({ ...dependencies, offsets })
  const [written] = paymentProxyEdge.outputs
  await writable(wire, paymentProxyEdge.outputs, {
    // Whoever cannot start ends as a process; nothing else gives this up.
    signal: new AbortController().signal,
    onWaiting: (reason) => waits.note(written.name, reason),
  })
  await opened.refresh()
  return {
    tables: opened.tables,
    publisher,
    problems: opened.problems,
    async close() {
      await Promise.all([publisher.close(), opened.close()])
      await offsets.close()
    },
  }
}
