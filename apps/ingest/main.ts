import { ingestSettings } from '#apps/ingest/config'
import { ingest } from '#apps/ingest/ingest'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { kafkaProblems } from '#apps/platform/kafka-problems'
import { platformSettings } from '#apps/platform/settings'
import type { ProcessTracing } from '#apps/platform/tracing/open-tracing'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { openPublisher } from '#core/publisher'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** Starts the ingest app from its environment. */
export async function startIngest(
  env: Readonly<Record<string, string | undefined>>,
  tracing?: ProcessTracing,
): Promise<Listening> {
  const { port, host, topics, tokens } = ingestSettings(env)
  const { kafka, wire: wireSettings, logLevel } = platformSettings(env)
  const log = newLog('ingest', logLevel)
  const wire = newWire(wireSettings)
  await wire.prepareWrite(topics)
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `ingest:${appVersion}`)
  const problems = kafkaProblems(kafka.brokers, () => missing(topics, offsets))
  const status = async () => ({ problems: await problems() })
  const app = ingest({ topics, tokens, publisher, metrics: newMetrics(), log, tracing, status })
  const server = await listen(app, port, host)
  return {
    url: server.url,
    async close() {
      await server.close()
      await Promise.all([publisher.close(), offsets.close()])
    },
  }
}

async function missing(topics: readonly AnyTopic[], offsets: OffsetSource): Promise<string[]> {
  const found = await Promise.all(topics.map(({ name }) => offsets.partitionsOf(name)))
  return topics
    .filter((_, i) => !found[i])
    .map(({ name }) => `topic ${name} is missing: run corrente topics apply`)
}

if (isEntry(import.meta.url)) await runHttpProcess('ingest', startIngest)
