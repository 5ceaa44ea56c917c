import { describe, expect, it } from 'vitest'
import { createIn, observedCreates, sourceOf } from '#apps/ksql-standin/sql/example-sources'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import type { CreateTable } from '#apps/ksql-standin/sql/syntax'
import { tableDefinition, withValueColumns } from '#apps/ksql-standin/sql/table-definition'

const errorOf = (define: () => unknown) => {
  try {
    define()
  } catch (error) {
    if (error instanceof KsqlError) return error
    throw error
  }
  throw new Error('taken')
}
const created = observedCreates.filter(({ refused }) => refused === undefined)
// Whether the registry knows the subject is not in the statement.
const refused = observedCreates.filter((one) => one.refused && !one.sql.includes('inf_missing'))

describe('what CREATE SOURCE TABLE says', () => {
  it.each(created.map(({ sql, rewritten }) => [sql, rewritten!]))(
    'is rewritten as observed: %s',
    (sql, rewritten) => {
      const create = createIn(sql)
      const first = tableDefinition(create)
      const values = sourceOf(rewritten).columns.filter(({ isKey }) => !isKey)
      const definition = first.isInferred ? withValueColumns(create, values) : first
      expect(definition.statement).toBe(rewritten)
    },
  )

  it.each(refused.map((one) => [one.sql, one] as const))(
    'is refused as observed: %s',
    (sql, one) => {
      const error = errorOf(() => tableDefinition(createIn(sql)))
      expect([error.code, error.statementText]).toEqual([one.refused, one.rewritten ?? null])
    },
  )

  it('has the key column first, wherever it was written', () => {
    const { columns } = sourceOf(
      "CREATE SOURCE TABLE t (a INT, id VARCHAR PRIMARY KEY, `b` BIGINT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    )
    expect(columns.map(({ name, isKey }) => [name, isKey])).toEqual([
      ['ID', true],
      ['A', false],
      ['b', false],
    ])
  })

  it('leaves the columns of Avro to the registry where only the key is defined', () => {
    const create = createIn(
      "CREATE SOURCE TABLE t (id VARCHAR PRIMARY KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO', VALUE_AVRO_SCHEMA_FULL_NAME='a.B', PARTITIONS=3);",
    )
    const before = tableDefinition(create)
    expect(before).toMatchObject({ isInferred: true, valueSchemaName: 'a.B', partitions: 3 })
    // The server has not added its last default when it asks the registry.
    expect(before.statement).not.toContain('CLEANUP_POLICY')
    const after = withValueColumns(create, [{ name: 'STATUS', type: { kind: 'STRING' } }])
    expect(after.columns.map(({ name }) => name)).toEqual(['ID', 'STATUS'])
    expect(after.statement).toContain(
      "(ID STRING PRIMARY KEY, STATUS STRING) WITH (CLEANUP_POLICY='compact'",
    )
  })

  it.each([
    ['a format that is not read here', "VALUE_FORMAT='PROTOBUF'"],
    ['a format of keys that is not read here', "KEY_FORMAT='AVRO', VALUE_FORMAT='JSON'"],
    ['a property that is not known here', "VALUE_FORMAT='JSON', WRAP_SINGLE_VALUE='false'"],
    ['a number that is text', "VALUE_FORMAT='JSON', PARTITIONS='three'"],
    ['a text that is a number', 'VALUE_FORMAT=5'],
    ['formats twice', "VALUE_FORMAT='JSON', FORMAT='JSON'"],
  ])('refuses %s', (_, properties) => {
    const sql = `CREATE SOURCE TABLE t (id VARCHAR PRIMARY KEY, a INT) WITH (KAFKA_TOPIC='t', ${properties});`
    expect(errorOf(() => tableDefinition(createIn(sql))).code).toBe(40001)
  })

  it('takes a table that is no source table for what it is', () => {
    const create: CreateTable = { ...createIn(created[0]!.sql), isSource: false }
    expect(errorOf(() => tableDefinition(create)).statementText).toMatch(/^CREATE TABLE PAYMENT/)
  })
})
