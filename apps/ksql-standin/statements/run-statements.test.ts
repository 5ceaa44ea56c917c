import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '#apps/ksql-standin/catalog'
import type { Command } from '#apps/ksql-standin/database/source-store'
import type { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { parseStatements } from '#apps/ksql-standin/sql/parse/parse-statements'
import type { Source } from '#apps/ksql-standin/sql/source'
import { runStatements } from '#apps/ksql-standin/statements/run-statements'

/** A catalog that keeps names only, and what was done to it. */
let done: string[] = []
let sources: Map<string, Source>
beforeEach(() => {
  done = []
  sources = new Map()
})

const command = (id: string): Command => ({ id, message: 'done', queryId: null, number: 0 })
const catalog = {
  sources: () => sources,
  tables: () => [...sources.values()].map((source) => ({ source, queryId: 'CST_0' })),
  create: async (source: Source) => {
    sources.set(source.name, source)
    done.push(`create ${source.name} of ${source.partitions} partitions`)
    return command('create')
  },
  drop: async (name: string) => {
    sources.delete(name)
    done.push(`drop ${name}`)
    return command('drop')
  },
  note: async (id: string) => command(id),
} as unknown as Catalog

const schema = {
  type: 'record',
  name: 'row',
  fields: [{ name: 'status', type: 'string' }],
}

const run = (text: string, registry: 'with' | 'without' = 'with') => {
  const topic = { name: 'known', replicas: [1, 1, 1] }
  return runStatements(parseStatements(text, new Map()), {
    catalog,
    topics: {
      all: async () => [topic],
      find: async (name) => (name === 'known' ? topic : undefined),
    },
    registry:
      registry === 'with'
        ? {
            byId: async () => undefined,
            latest: async (subject) => (subject === 'known-value' ? schema : undefined),
          }
        : undefined,
    properties: [],
    variables: new Map(),
  })
}

const refusal = async (text: string, registry?: 'without') => {
  try {
    await run(text, registry)
  } catch (error) {
    const { code, statementText } = error as KsqlError
    return { code, statementText }
  }
  return expect.unreachable()
}

const create = (name = 't', more = "VALUE_FORMAT='JSON'", topic = 'known') =>
  `CREATE SOURCE TABLE ${name} (id VARCHAR PRIMARY KEY, v INT) WITH (KAFKA_TOPIC='${topic}', ${more});`

describe('a request of several statements', () => {
  it('is executed in order', async () => {
    const entities = await run(`${create()} DESCRIBE t; DROP TABLE t; ${create()} SHOW TABLES;`)
    expect(entities.map((entity) => entity['@type'])).toEqual([
      'currentStatus',
      'sourceDescription',
      'currentStatus',
      'currentStatus',
      'tables',
    ])
    expect(done).toEqual(['create T of 3 partitions', 'drop T', 'create T of 3 partitions'])
  })

  it('does nothing at all where one is refused', async () => {
    expect(await refusal(`${create()} DROP TABLE other;`)).toEqual({
      code: 40001,
      statementText: 'DROP TABLE other;',
    })
    expect(done).toEqual([])
  })

  it('sees what the statements before have done', async () => {
    await refusal(`${create()} ${create()}`)
    await refusal(`${create()} DROP TABLE t; DESCRIBE t;`)
    expect(done).toEqual([])
  })
})

describe('a table', () => {
  it('takes its columns from the registry where it names none', async () => {
    const text = `CREATE SOURCE TABLE t (id VARCHAR PRIMARY KEY) WITH (KAFKA_TOPIC='known', VALUE_FORMAT='AVRO');`
    await run(text)
    expect(sources.get('T')?.columns.map(({ name }) => name)).toEqual(['ID', 'STATUS'])
  })

  it('is warned of, not created again, where it may be there', async () => {
    await run(create())
    const again = await run(create().replace('TABLE t', 'TABLE IF NOT EXISTS t'))
    expect(again[0]?.['@type']).toBe('warning_entity')
    expect(done).toHaveLength(1)
  })

  it.each([
    [create('t', "VALUE_FORMAT='JSON'", 'unknown'), 40000],
    [create('t', "VALUE_FORMAT='JSON', PARTITIONS=7"), 50000],
    [create('t', "VALUE_FORMAT='DELIMITED'"), 40001],
    [create('t', "VALUE_FORMAT='JSON', KEY_FORMAT='AVRO'"), 40001],
    [create('t', "VALUE_FORMAT='JSON', TIMESTAMP='v'"), 40001],
    ['SELECT * FROM t;', 40002],
  ])('is refused: %s', async (text, code) => {
    expect(await refusal(text)).toMatchObject({ code })
    expect(done).toEqual([])
  })

  it('of Avro needs a registry', async () => {
    expect(await refusal(create('t', "VALUE_FORMAT='AVRO'"), 'without')).toMatchObject({
      code: 42801,
    })
  })

  it('is not dropped with its topic', async () => {
    await run(create())
    await refusal('DROP TABLE t DELETE TOPIC;')
    await refusal('DROP STREAM t;')
    expect(sources.size).toBe(1)
  })
})
