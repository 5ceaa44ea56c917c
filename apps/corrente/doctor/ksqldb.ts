import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { openScratchTopic, type ScratchTopic } from '#apps/corrente/doctor/scratch-topic'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'
import { ksqldb, KsqlUnavailable } from '#connectors/ksqldb/index'
import type { KafkaSettings } from '#core/kafka'
import type { Ksqldb } from '#ports/ksqldb'
import { identifier, ksql } from '#ports/ksql-text'

const { ok, advice, problem } = findingsOf('ksqlDB')

/** A new table was seen to show its first row after 5 s; a busy server takes longer. */
const shownMsMax = 60_000
const pollMs = 250

/** What ksqlDB is, and that it shows only what is committed. One line says so where none is named. */
export async function checkKsqldb(
  env: Readonly<Record<string, string | undefined>>,
  kafka: KafkaSettings,
  admin: Admin,
): Promise<readonly Finding[]> {
  const config = ksqldbSettings(env)
  if (!config) return [ok('KSQLDB_URL is not set: no ksqlDB was examined')]
  const client = ksqldb(config)
  try {
    const { version, status } = await client.describe()
    const said = ok(`ksqlDB ${version} at ${new URL(config.url).host} answers: ${status}`)
    const topic = await openScratchTopic(kafka, admin)
    return [said, ...(await checkReadsCommitted(client, topic))]
  } finally {
    await client.close()
  }
}

/** Writes an aborted row and a committed one behind it, and looks which of them a table over the topic shows. */
export async function checkReadsCommitted(
  client: Ksqldb,
  topic: ScratchTopic,
  waitMsMax = shownMsMax,
): Promise<readonly Finding[]> {
  const table = topic.name.replaceAll('.', '_')
  const made = `a scratch topic ${topic.name} and a table ${table.toUpperCase()} over it`
  let found: Finding
  try {
    found = await examine(client, { topic, table, made, waitMsMax })
  } catch (error) {
    found = problem(`it is not known whether ksqlDB reads committed: ${(error as Error).message}`)
  }
  return [found, ...(await removed(client, topic, table))]
}

interface Scratch {
  readonly topic: ScratchTopic
  readonly table: string
  /** What was made, in words. */
  readonly made: string
  readonly waitMsMax: number
}

async function examine(client: Ksqldb, scratch: Scratch): Promise<Finding> {
  const { topic, table, made, waitMsMax } = scratch
  await topic.writeAborted('aborted', '{"v":"x"}')
  await topic.write('committed', '{"v":"x"}')
  await client.execute(
    ksql`CREATE SOURCE TABLE ${identifier(table)} (k VARCHAR PRIMARY KEY, v VARCHAR)
      WITH (KAFKA_TOPIC = ${topic.name}, VALUE_FORMAT = 'JSON');`,
  )
  const until = performance.now() + waitMsMax
  while (!(await keysIn(client, table)).has('committed')) {
    if (performance.now() > until) {
      return problem(
        `ksqlDB did not show a committed row within ${waitMsMax / 1_000} s (${made}): it is not ready, ` +
          'or it reads another Kafka; ask it again when it is',
      )
    }
    await sleep(pollMs)
  }
  // The aborted row lies before the committed one: who takes it in has done so by now.
  if (!(await keysIn(client, table)).has('aborted')) {
    return ok(`ksqlDB shows only what is committed (asked by ${made})`)
  }
  return problem(
    `ksqlDB shows rows of aborted transactions, and keeps them (asked by ${made}): ` +
      'set ksql.streams.consumer.isolation.level=read_committed, restart it, and make its tables anew',
  )
}

async function keysIn(client: Ksqldb, table: string): Promise<ReadonlySet<unknown>> {
  const keys = new Set<unknown>()
  const rows = client.pull(
    ksql`SELECT k FROM ${identifier(table)} WHERE k = ${'aborted'} OR k = ${'committed'};`,
  )
  try {
    for await (const row of rows) keys.add(row['K'])
  } catch (error) {
    // As long as it loads the table it has none.
    if (!(error instanceof KsqlUnavailable)) throw error
  }
  return keys
}

/** Removes the table, then the topic; what stays behind is told by name. */
async function removed(
  client: Ksqldb,
  topic: ScratchTopic,
  table: string,
): Promise<readonly Finding[]> {
  const steps: [string, () => Promise<unknown>][] = [
    [
      `table ${table.toUpperCase()} in ksqlDB`,
      () => client.execute(ksql`DROP TABLE IF EXISTS ${identifier(table)};`),
    ],
    [`topic ${topic.name}`, () => topic.remove()],
  ]
  const left: Finding[] = []
  for (const [what, remove] of steps) {
    await remove().catch((error: Error) =>
      left.push(advice(`the ${what} could not be removed (${error.message}): remove it by hand`)),
    )
  }
  return left
}
