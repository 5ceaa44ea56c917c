import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import kafkajs, { type Producer } from 'kafkajs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startKsqlStandin } from '#apps/ksql-standin/main'
import { startStandIn } from '#tests/contract/ksqldb/target'
import { platformOf } from '#tests/stack'
import { until } from '#tests/until'

const stack = inject('stack')
const bounds = { msMax: 30_000, signal: new AbortController().signal }

let standIn: Awaited<ReturnType<typeof startStandIn>>
let producer: Producer
let kafka: kafkajs.Kafka
beforeAll(async () => {
  standIn = await startStandIn(stack, { KSQL_QUERY_MS_MAX: '2000' })
  kafka = new kafkajs.Kafka({ brokers: [stack.brokers], logLevel: kafkajs.logLevel.NOTHING })
  producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
})
afterAll(async () => {
  await producer?.disconnect()
  await standIn?.stop()
})

const post = (path: string, body: object): Promise<Response> =>
  fetch(standIn.url + path, { method: 'POST', body: JSON.stringify(body) })

const ksql = async (statement: string) => {
  const response = await post('/ksql', { ksql: statement })
  return { status: response.status, body: (await response.json()) as unknown }
}

/** The rows of a query; its error where it was refused. */
const rowsOf = async (sql: string): Promise<unknown> => {
  const response = await post('/query-stream', { sql })
  const text = await response.text()
  if (response.status !== 200) return { status: response.status, ...(JSON.parse(text) as object) }
  const [, ...rows] = text.trimEnd().split('\n')
  return rows.map((row) => JSON.parse(row) as unknown)
}

/** A topic of its own with a table over it, named alike. */
async function newTable(columns = 'v VARCHAR', partitions = 1): Promise<string> {
  const name = `t${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const admin = kafka.admin()
  await admin.createTopics({
    topics: [{ topic: name, numPartitions: partitions }],
    waitForLeaders: true,
  })
  await admin.disconnect()
  await createTable(name, columns)
  return name
}

const createTable = async (name: string, columns = 'v VARCHAR') => {
  const { status, body } = await ksql(
    `CREATE SOURCE TABLE ${name} (id VARCHAR PRIMARY KEY, ${columns})
     WITH (KAFKA_TOPIC='${name}', VALUE_FORMAT='JSON');`,
  )
  expect(status, JSON.stringify(body)).toBe(200)
}

const write = (topic: string, rows: Readonly<Record<string, object | string | null>>) =>
  producer.send({
    topic,
    messages: Object.entries(rows).map(([key, value]) => ({
      key,
      value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
    })),
  })

const shows = async (sql: string, rows: unknown) => {
  await until(
    `${sql} to answer ${JSON.stringify(rows)}`,
    async () => JSON.stringify(await rowsOf(sql)) === JSON.stringify(rows),
    bounds,
  )
}

describe('a table', () => {
  it('shows what is written within a second, and shows it no more once it is deleted', async () => {
    const table = await newTable()
    await shows(`SELECT * FROM ${table};`, [])
    const began = performance.now()
    await write(table, { a: { v: 'one' } })
    await shows(`SELECT * FROM ${table} WHERE id='a';`, [['a', 'one']])
    expect(performance.now() - began).toBeLessThan(1_000)
    await write(table, { a: null })
    await shows(`SELECT * FROM ${table} WHERE id='a';`, [])
  })

  it('goes on where it was after a restart, and lost nothing of what came meanwhile', async () => {
    const table = await newTable()
    await write(table, { a: { v: 'one' }, b: { v: 'two' } })
    await shows(`SELECT * FROM ${table};`, [
      ['a', 'one'],
      ['b', 'two'],
    ])
    const database = new pg.Client({ connectionString: standIn.databaseUrl })
    await database.connect()
    // Only a reading from the beginning would bring it back.
    await database.query(`delete from ${await relationOf(database, table)} where c0 = 'a'`)
    const restarting = standIn.restart()
    await write(table, { c: { v: 'three' } })
    await restarting
    await shows(`SELECT * FROM ${table};`, [
      ['b', 'two'],
      ['c', 'three'],
    ])
    await database.end()
  })

  it('is read anew where its topic was made anew', async () => {
    const table = await newTable()
    await write(table, { a: { v: 'one' }, b: { v: 'two' } })
    await shows(`SELECT id FROM ${table};`, [['a'], ['b']])
    const admin = kafka.admin()
    await admin.deleteTopics({ topics: [table] })
    await until(
      'the topic to be gone',
      async () => !(await admin.listTopics()).includes(table),
      bounds,
    )
    await admin.createTopics({
      topics: [{ topic: table, numPartitions: 1 }],
      waitForLeaders: true,
    })
    await admin.disconnect()
    await write(table, { c: { v: 'three' } })
    await shows(`SELECT id FROM ${table};`, [['c']])
  })

  it('shows nothing of a transaction that was aborted, or is open', async () => {
    const table = await newTable()
    const transactional = kafka.producer({
      transactionalId: `tx-${table}`,
      idempotent: true,
      maxInFlightRequests: 1,
    })
    await transactional.connect()
    const send = async (key: string) => {
      const transaction = await transactional.transaction()
      await transaction.send({ topic: table, messages: [{ key, value: '{"v":"x"}' }] })
      return transaction
    }
    await (await send('aborted')).abort()
    const open = await send('open')
    await write(table, { behind: { v: 'x' } })
    await until(
      'the table to be known',
      async () => (await rowsOf(`SELECT id FROM ${table};`)) !== null,
      bounds,
    )
    const early = await rowsOf(`SELECT id FROM ${table};`)
    expect(JSON.stringify(early)).not.toMatch(/aborted|"open"/)
    await open.commit()
    await transactional.disconnect()
    await shows(`SELECT id FROM ${table};`, [['behind'], ['open']])
  })

  it('keeps the row before a record that cannot be read, and passes over one it cannot keep', async () => {
    const table = await newTable('n INT')
    await write(table, { a: { n: 1 } })
    await write(table, { a: 'no JSON', b: { n: 5_000_000_000 }, c: '"\\u0000"', d: { n: 4 } })
    await shows(`SELECT * FROM ${table};`, [
      ['a', 1],
      ['d', 4],
    ])
    const metrics = await (await fetch(`${standIn.url}/metrics`)).text()
    expect(metrics).toContain(
      `corrente_ksql_records_skipped_total{table="${table.toUpperCase()}"} 3`,
    )
  })

  it('is refused while it is read, and never half answered', async () => {
    const table = await newTable()
    await ksql(`DROP TABLE ${table};`)
    const rows = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [String(n), { v: 'x' }]),
    )
    await write(table, rows)
    await createTable(table)
    const answers: unknown[] = []
    await until(
      'all rows',
      async () => {
        answers.push(await rowsOf(`SELECT id FROM ${table};`))
        return Array.isArray(answers.at(-1))
      },
      bounds,
    )
    expect(answers.at(-1)).toHaveLength(20_000)
    for (const early of answers.slice(0, -1)) {
      expect(early).toMatchObject({ status: 400, error_code: 40001 })
    }
    expect(answers.length).toBeGreaterThan(1)
  })
})

describe('a query', () => {
  it('reads and does nothing else, whatever is in its values', async () => {
    const table = await newTable()
    await write(table, { a: { v: 'one' } })
    await shows(`SELECT * FROM ${table};`, [['a', 'one']])
    const injected = `a'' OR 1=1; DROP SCHEMA ksql CASCADE; --`
    expect(await rowsOf(`SELECT * FROM ${table} WHERE id='${injected}';`)).toEqual([])
    expect(await rowsOf(`SELECT * FROM ${table} WHERE v='$1 \\'' \${x}';`)).toMatchObject([])
    expect(await rowsOf(`SELECT * FROM ${table};`)).toEqual([['a', 'one']])
  })

  it('ends when its client is gone, and others go on', async () => {
    const table = await bigTable()
    const body = JSON.stringify({ sql: `SELECT * FROM ${table};` })
    const asked = request(`${standIn.url}/query-stream`, { method: 'POST' })
    asked.end(body)
    const [response] = (await once(asked, 'response')) as [
      NodeJS.ReadableStream & { destroy(): void },
    ]
    await once(response, 'data')
    expect(await runningQueries(table)).toBe(1)
    response.destroy()
    await until('the query to end', async () => (await runningQueries(table)) === 0, bounds)
    expect(await rowsOf(`SELECT id FROM ${table} WHERE id='7';`)).toEqual([['7']])
  })

  it('is stopped and says so where it takes too long', async () => {
    const table = await bigTable()
    const slow = Array.from({ length: 60 }, (_, n) => `v LIKE '%${n}a%b%c%d%e%f%g%'`).map(
      (one) => `(${one}) = true`,
    )
    const answer = await rowsOf(`SELECT id FROM ${table} WHERE ${slow.join(' OR ')};`)
    expect(answer).toMatchObject({ status: 500, error_code: 50000 })
  })
})

describe('a stand-in', () => {
  it('leaves a database alone that another one works on', async () => {
    const env = { ...platformOf(stack), LOG_LEVEL: 'silent', DATABASE_URL: standIn.databaseUrl }
    await expect(startKsqlStandin({ ...env, PORT: '0' })).rejects.toThrow(
      'another stand-in for ksqlDB works on it',
    )
  }, 30_000)

  it('says which Postgres it misses, without its password', async () => {
    const url = 'postgres://corrente:hidden@127.0.0.1:1/postgres'
    const started = startKsqlStandin({ ...platformOf(stack), DATABASE_URL: url, PORT: '0' })
    await expect(started).rejects.toThrow('the Postgres of DATABASE_URL cannot be used')
    await expect(started).rejects.not.toThrow('hidden')
  })

  it('is well, and says that it is a stand-in', async () => {
    const status = (await (await fetch(`${standIn.url}/status`)).json()) as object
    expect(status).toMatchObject({ status: 'ok', app: 'ksql-standin', problems: [] })
    const about = (await (await fetch(`${standIn.url}/info`)).json()) as object
    expect(about).toMatchObject({
      KsqlServerInfo: { standIn: expect.stringContaining('no ksqlDB') as string },
    })
  })
})

const relationOf = async (database: pg.Client, table: string): Promise<string> => {
  const { rows } = await database.query<{ relation: string }>(
    `select definition->>'relation' as relation from ksql.sources where name = $1`,
    [table.toUpperCase()],
  )
  return rows[0]!.relation
}

let big: string | undefined

/** A table with more rows than any socket buffers, made in Postgres: reading them is not what is tested. */
async function bigTable(): Promise<string> {
  if (big !== undefined) return big
  const table = await newTable()
  await shows(`SELECT id FROM ${table};`, [])
  const database = new pg.Client({ connectionString: standIn.databaseUrl })
  await database.connect()
  const relation = await relationOf(database, table)
  await database.query(
    `insert into ${relation} select 0, 0, n::text, repeat('x', 500) from generate_series(1, 200000) n`,
  )
  await database.end()
  big = table
  return table
}

async function runningQueries(table: string): Promise<number> {
  const database = new pg.Client({ connectionString: standIn.databaseUrl })
  await database.connect()
  const relation = await relationOf(database, table)
  const { rows } = await database.query<{ count: string }>(
    `select count(*) from pg_locks l where l.relation = $1::regclass and l.pid <> pg_backend_pid()`,
    [relation],
  )
  await database.end()
  return Number(rows[0]!.count)
}
