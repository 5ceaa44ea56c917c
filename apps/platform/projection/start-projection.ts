import { nothingOfItsOwn } from '#apps/platform/api-docs/api'
import { clusterOf } from '#apps/platform/cluster'
import { within } from '#apps/platform/deadline'
import { httpApp, listen, type Listening, type StatusReport } from '#apps/platform/http'
import { kafkaProblems } from '#apps/platform/kafka-problems'
import { projectorSettings } from '#apps/platform/projection/config'
import { openPostgresStore, type PostgresPlace } from '#apps/platform/projection/postgres-store'
import { platformSettings } from '#apps/platform/settings'
import { exportLag } from '#core/lag'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { type Projector, startProjector } from '#core/project'
import { newWire } from '#core/wire'
import type { ProjectionStore } from '#ports/projection-store'
import type { AnyTopic } from '#schemas/topic'

/** Tables in Postgres that are made from topics: all that an app of its own needs to be told. */
export interface PostgresProjection extends Pick<
  PostgresPlace,
  'schema' | 'tables' | 'migrations'
> {
  /** Of the app, its positions, metrics and log lines: it never changes. */
  readonly name: string
  readonly topics: readonly AnyTopic[]
  /** Where it listens when `PORT` says nothing. */
  readonly port: number
}

/** The part of one topic: transactions of its own, beside those of the others. */
interface Part {
  readonly topic: AnyTopic
  readonly store: ProjectionStore
  readonly projector: Projector
}

/** Longest wait of a status for Postgres, milliseconds. */
const answerMsMax = 2_000

/**
 * Starts a projector from its environment, as an app with `/status` and `/metrics`. It answers also while Postgres is
 * away; throws where a setting is missing or no broker answers.
 */
export async function startProjection(
  projection: PostgresProjection,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const { name } = projection
  const { port, host, databaseUrl: url } = projectorSettings(env, projection.port)
  const { kafka, wire, logLevel } = platformSettings(env)
  const log = newLog(name, logLevel)
  const metrics = newMetrics()
  const offsets = await openOffsetSource(kafka)
  const ports = { kafka, offsets, wire: newWire(wire), cluster: clusterOf(kafka), metrics, log }
  const parts = projection.topics.map((topic): Part => {
    const tables = projection.tables.filter((table) => table.topic === topic)
    const store = openPostgresStore({ ...projection, projection: name, url, tables })
    return { topic, store, projector: startProjector({ name, topic }, { ...ports, store }) }
  })
  const all = () => parts.flatMap(({ projector }) => projector.committed.all())
  exportLag(metrics.registry, offsets, new Map([[name, { all }]]))
  const askKafka = kafkaProblems(kafka.brokers, () => changedTopics(parts, offsets))
  const status = async () => statusOf(parts, await askKafka())
  const close = async () => {
    await Promise.all(parts.map(({ projector }) => projector.close()))
    await offsets.close()
  }
  try {
    const api = nothingOfItsOwn(
      name,
      'Makes tables in Postgres; it is asked for nothing over HTTP.',
    )
    const app = httpApp({ name, log, metrics, status, api, routes: () => undefined })
    const server = await listen(app, port, host)
    return {
      url: server.url,
      close: async () => void (await Promise.all([server.close(), close()])),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Topics with partitions that are not read: the next start says what to do. */
async function changedTopics(
  parts: readonly Part[],
  offsets: Pick<OffsetSource, 'partitionsOf'>,
): Promise<readonly string[]> {
  const found = await Promise.all(parts.map(({ topic }) => offsets.partitionsOf(topic.name)))
  return parts.flatMap(({ topic, projector }, index) => {
    const read = projector.committed.all().length
    const count = found[index]?.length ?? 0
    if (read === 0 || count === read) return []
    return [`topic ${topic.name} has ${count} partitions, and ${read} are read: start again`]
  })
}

async function statusOf(parts: readonly Part[], ofKafka: readonly string[]): Promise<StatusReport> {
  const ofParts = await Promise.all(parts.map(partProblem))
  return {
    problems: [...ofKafka, ...ofParts.flat()],
    details: {
      topics: parts.map(({ topic, projector }) => {
        const { state, reason } = projector.status()
        return { topic: topic.name, state, reason, positions: projector.committed.all() }
      }),
    },
  }
}

async function partProblem({ topic: { name }, store, projector }: Part): Promise<string[]> {
  const { state, reason, isPassing = false } = projector.status()
  if (state !== 'running' && !isPassing)
    return [`${name} is ${state}${reason ? `: ${reason}` : ''}`]
  // One that has nothing to write does not notice that it could not.
  const late = () => new Error('Postgres does not answer in time')
  try {
    await within(answerMsMax, store.reachable(), late)
    return []
  } catch (error) {
    return [`rows of ${name} could not be written: ${(error as Error).message}`]
  }
}
