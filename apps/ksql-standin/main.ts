import { ksqlStandinSettings } from '#apps/ksql-standin/config'
import { ksqlStandinDocs } from '#apps/ksql-standin/docs'
import { routes } from '#apps/ksql-standin/http/routes'
import { type Answer, serve } from '#apps/ksql-standin/http/serve'
import { newNumbers } from '#apps/ksql-standin/numbers'
import { type OpenServing, openServing } from '#apps/ksql-standin/open-serving'
import { httpApp, type Listening, type StatusReport } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { kafkaProblems } from '#apps/platform/kafka-problems'
import { platformSettings } from '#apps/platform/settings'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { withAdmin } from '#apps/platform/admin'

const name = 'ksql-standin'

/**
 * Starts the stand-in for ksqlDB from its environment. It answers from the beginning, 503 until its tables are known;
 * it is started once they are.
 */
export async function startKsqlStandin(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const settings = ksqlStandinSettings(env)
  const platform = platformSettings(env)
  const { kafka, logLevel } = platform
  const log = newLog(name, logLevel)
  const metrics = newMetrics()
  let serving: OpenServing | undefined
  const numbers = newNumbers(metrics, () => loadingIn(serving).length)
  const askKafka = kafkaProblems(kafka.brokers, async () => {
    await withAdmin(kafka, (admin) => admin.describeCluster())
    return []
  })
  const own = httpApp({
    name,
    log,
    metrics,
    status: () => statusOf(serving, askKafka),
    api: ksqlStandinDocs,
    routes: () => undefined,
  })
  const ksql = routes({
    serving: () => serving,
    kafkaHealth: async () => ({ isHealthy: (await askKafka()).length === 0 }),
    log,
    onQuery: (outcome) => numbers.queries.inc({ outcome }),
  })
  const server = await serve(besides(own, ksql), settings.port, settings.host)
  try {
    const { onSkipped } = numbers
    serving = await openServing({ settings, platform, log, onSkipped })
  } catch (error) {
    await server.close()
    throw error
  }
  const { close } = serving
  return {
    url: server.url,
    async close() {
      await server.close()
      await close()
    },
  }
}

/** `/status`, `/metrics` and `/docs` are those of every app; ksqlDB's own members of `/status` are in ours. */
const besides =
  (own: Answer, ksql: Answer): Answer =>
  (request, response) => {
    const isOwn = /^\/(status|metrics|docs|docs\/openapi\.json)(\?|$)/.test(request.url ?? '')
    const answer = isOwn && request.httpVersionMajor === 1 ? own : ksql
    answer(request, response)
  }

const loadingIn = (serving: OpenServing | undefined) =>
  serving?.catalog.tables().filter(({ loader }) => !loader.isReady()) ?? []

async function statusOf(
  serving: OpenServing | undefined,
  askKafka: () => Promise<readonly string[]>,
): Promise<StatusReport> {
  if (!serving) return { problems: ['the tables are not known yet'] }
  const { catalog } = serving
  return {
    problems: [...(await askKafka()), ...(await serving.problems())],
    details: {
      commandStatuses: Object.fromEntries(catalog.commands().map(({ id }) => [id, 'SUCCESS'])),
      tables: Object.fromEntries(
        catalog
          .tables()
          .map(({ source, loader }) => [source.name, loader.isReady() ? 'ready' : 'loading']),
      ),
    },
  }
}

if (isEntry(import.meta.url)) await runHttpProcess(name, startKsqlStandin)
