import { ingestSettings } from '#apps/ingest/config'
import { ingest } from '#apps/ingest/ingest'
import { within } from '#apps/platform/deadline'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { platformSettings } from '#apps/platform/settings'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { openPublisher } from '#core/publisher'
import { type OffsetSource, openOffsetSource } from '#core/topic-reader'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** Starts the ingest app from its environment. */
export async function startIngest(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const { port, host, topics, tokens } = ingestSettings(env)
  const { kafka, wire: wireSettings, logLevel } = platformSettings(env)
  const log = newLog('ingest', logLevel)
  const wire = newWire(wireSettings)
  await wire.prepareWrite(topics)
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `ingest:${appVersion}`)
  const status = async () => ({ problems: await problemsOf(topics, offsets) })
  const app = ingest({ topics, tokens, publisher, metrics: newMetrics(), log, status })
  const server = await listen(app, port, host)
  return {
    url: server.url,
    async close() {
      await server.close()
      await Promise.all([publisher.close(), offsets.close()])
    },
  }
}

const answerMsMax = 2_000

async function problemsOf(topics: readonly AnyTopic[], offsets: OffsetSource): Promise<string[]> {
  try {
    const late = () => new Error('no broker answers in time')
    const partitions = Promise.all(topics.map(({ name }) => offsets.partitionsOf(name)))
    const found = await within(answerMsMax, partitions, late)
    const missing = topics.filter((_, i) => !found[i])
    return missing.map(({ name }) => `topic ${name} is missing: run corrente topics apply`)
  } catch (error) {
    return [`Kafka cannot be asked: ${(error as Error).message}`]
  }
}

if (isEntry(import.meta.url)) await runHttpProcess('ingest', startIngest)
