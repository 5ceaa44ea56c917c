import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import pg from 'pg'
import { expect } from 'vitest'
import { createTopics } from '#apps/platform/create-topics'
import { startStandIn } from '#tests/contract/ksqldb/target'
import type { TestStack } from '#tests/stack'
import { until } from '#tests/until'

export const bounds = { msMax: 30_000, signal: new AbortController().signal }

type Rows = Readonly<Record<string, object | string | null>>

/** A stand-in with tables of a test's own. */
export type StandInScene = Awaited<ReturnType<typeof openScene>>

export async function openScene(stack: TestStack, settings: Readonly<Record<string, string>> = {}) {
  const standIn = await startStandIn(stack, settings)
  const kafka = new kafkajs.Kafka({ brokers: [stack.brokers], logLevel: kafkajs.logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  const admin = kafka.admin()
  const database = new pg.Pool({ connectionString: standIn.databaseUrl, max: 1 })
  database.on('error', () => undefined)
  await Promise.all([producer.connect(), admin.connect()])

  const { ksql, rowsOf } = asking(standIn.url)

  const createTopic = (topic: string) =>
    createTopics({ brokers: stack.brokers }, [{ topic, numPartitions: 1 }])

  const createTable = (name: string, columns = 'v VARCHAR') =>
    ksql(
      `CREATE SOURCE TABLE ${name} (id VARCHAR PRIMARY KEY, ${columns})
       WITH (KAFKA_TOPIC='${name}', VALUE_FORMAT='JSON');`,
    )

  return {
    ...standIn,
    kafka,
    admin,
    database,
    ksql,
    rowsOf,
    createTopic,
    createTable,
    /** A topic of its own with a table over it, named alike. */
    async newTable(columns?: string): Promise<string> {
      const name = `t${randomUUID().replaceAll('-', '').slice(0, 12)}`
      await createTopic(name)
      await createTable(name, columns)
      return name
    },
    write: (topic: string, rows: Rows) =>
      producer.send({
        topic,
        messages: Object.entries(rows).map(([key, value]) => ({
          key,
          value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
        })),
      }),
    shows: (sql: string, rows: unknown) =>
      until(
        `${sql} to answer ${JSON.stringify(rows)}`,
        async () => JSON.stringify(await rowsOf(sql)) === JSON.stringify(rows),
        bounds,
      ),
    ...inDatabase(database),
    async stop() {
      await Promise.all([producer.disconnect(), admin.disconnect(), database.end()])
      await standIn.stop()
    },
  }
}

function asking(url: string) {
  const post = (path: string, body: object): Promise<Response> =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body) })

  const ksql = async (statement: string) => {
    const response = await post('/ksql', { ksql: statement })
    expect(response.status, await response.text()).toBe(200)
  }

  /** The rows of a query; its error where it was refused. */
  const rowsOf = async (sql: string): Promise<unknown> => {
    const response = await post('/query-stream', { sql })
    const text = await response.text()
    if (response.status !== 200) {
      return { status: response.status, ...(JSON.parse(text) as object) }
    }
    const [, ...rows] = text.trimEnd().split('\n')
    return rows.map((row) => JSON.parse(row) as unknown)
  }
  return { ksql, rowsOf }
}

/** What a test looks at and changes behind the stand-in's back. */
function inDatabase(database: pg.Pool) {
  /** The relation that holds a table's rows. */
  const relationOf = async (table: string): Promise<string> => {
    const { rows } = await database.query<{ relation: string }>(
      `select definition->>'relation' as relation from ksql.sources where name = $1`,
      [table.toUpperCase()],
    )
    return rows[0]!.relation
  }
  return {
    relationOf,
    /** Rows 1 to `count`: reading them from their topic is not what is tested. `values` may name `n`. */
    async fill(table: string, count: number, values: string): Promise<void> {
      const relation = await relationOf(table)
      await database.query(
        `insert into ${relation} select 0, 0, n::text, ${values} from generate_series(1, ${count}) n`,
      )
    },
    /** Nothing was ever read of the table's topic. */
    async forget(table: string): Promise<void> {
      await database.query(`truncate ${await relationOf(table)}`)
      await database.query('delete from ksql.positions where source = $1', [table.toUpperCase()])
    },
    /** Connections that are reading the table. */
    async runningQueries(table: string): Promise<number> {
      const { rows } = await database.query<{ count: string }>(
        `select count(*) from pg_locks l where l.relation = $1::regclass and l.pid <> pg_backend_pid()`,
        [await relationOf(table)],
      )
      return Number(rows[0]!.count)
    },
  }
}
