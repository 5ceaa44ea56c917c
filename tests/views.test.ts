import { describe, expect, it } from 'vitest'
import { allTopics } from '#apps/platform/contracts'
import { type AvroSchema, isArray, isNamed, isUnion } from '#schemas/avro'
import { codecOf } from '#schemas/codec'
import { type Statement, statementsIn, tableOf, viewNames } from '#tests/view-statements'

/** The type of a column that holds what Avro says; throws where a flat view has no word for it. */
function columnTypeOf(schema: AvroSchema): string {
  if (isUnion(schema)) return columnTypeOf(schema[1]!)
  if (typeof schema === 'string') {
    const type = { string: 'STRING', long: 'BIGINT', int: 'INTEGER', boolean: 'BOOLEAN' }[schema]
    if (type !== undefined) return type
  } else if (!isArray(schema) && !isNamed(schema)) {
    if (schema.corrente === 'cents') return `DECIMAL(${schema.precision}, ${schema.scale})`
    if (schema.type === 'string') return 'STRING'
  }
  throw new Error(`no column holds ${JSON.stringify(schema)}`)
}

const declared = viewNames.map((view) => {
  const statements = statementsIn(view, 'statements.sql')
  return { view, statements, table: tableOf(statements[0]!.text) }
})

describe.each(declared)('the view $view', ({ view, statements, table }) => {
  const topic = allTopics.find(({ name }) => name === table.properties['KAFKA_TOPIC'])!

  it('is one source table of its own name over a compacted topic with the key outside the value', () => {
    expect(statements).toHaveLength(1)
    expect(table.name).toBe(view)
    expect(topic).toMatchObject({ kind: 'table', isKeyOutsideValue: true })
    expect(table.properties).toEqual({
      KAFKA_TOPIC: topic.name,
      KEY_FORMAT: 'KAFKA',
      VALUE_FORMAT: 'AVRO',
    })
  })

  it('has the key first, then the fields of the schema that it is for, in order and type', () => {
    const { fields } = codecOf(topic.schema).schema
    expect(table.primaryKey).toBe(topic.keyMember)
    const own = fields.filter(({ doc }) => !/the Core does not read it\.$/.test(doc ?? ''))
    expect(own).toEqual(fields.slice(0, own.length))
    expect(table.columns).toEqual([
      { name: topic.keyMember, type: 'STRING' },
      ...own.map(({ name, type }) => ({ name, type: columnTypeOf(type) })),
    ])
  })

  const examples = statementsIn(view, 'examples.sql')
  const isOnlyForServers = ({ text }: Statement) => /GROUP BY|EMIT|^CREATE/.test(text)

  it('has examples that ask it, one sentence each, and marks those only a real server runs', () => {
    expect(examples.length).toBeGreaterThan(3)
    for (const example of examples) {
      expect(example.comment).toMatch(/^[^.]+\.$/)
      expect(example.text).toMatch(new RegExp(`FROM ${view}\\b`))
      expect(/^real server only: /.test(example.comment), example.text).toBe(
        isOnlyForServers(example),
      )
    }
  })

  it('is asked by its examples for columns it has, and in words a pull query takes', () => {
    const own = new Set(table.columns.map(({ name }) => name))
    for (const { text } of examples) {
      const withoutTexts = text.replace(/'[^']*'|\b(AS|CREATE TABLE) \w+/g, '')
      const names = withoutTexts.match(/\b[a-z][a-z_]*\b/g) ?? []
      for (const name of names) expect([...own, view], text).toContain(name)
    }
    for (const { text } of examples.filter((example) => !isOnlyForServers(example))) {
      expect(text).not.toMatch(/\b(IS|NOT|OR|ORDER|DISTINCT|CASE|JOIN)\b/)
      if (/\bLIKE\b/.test(text)) expect(text).not.toMatch(/\bAND\b/)
    }
  })
})

describe('the table the Core reads', () => {
  it('T7, T8: has the columns of the contract, in the order in which it selects them', () => {
    const { table } = declared.find(({ view }) => view === 'payments_detail')!
    expect(table.columns.map(({ name }) => name.toUpperCase()).join(', ')).toBe(
      'ID, USER_ID, TYPE, TENANT_ID, SERVICE_ID, CREATED_AT, UPDATED_AT, STATUS, REASON, REMOTE_ID, ' +
        'PAYMENT_TRANSACTION_ID, PAYMENT_PAID_AT, PAYMENT_EXPIRE_AT, PAYMENT_AMOUNT, PAYMENT_CURRENCY, ' +
        'PAYMENT_NOTICE_CODE, PAYMENT_IUD, PAYMENT_IUV, ONLINE_PAYMENT_BEGIN_URL, ' +
        'ONLINE_PAYMENT_BEGIN_LAST_OPENED_AT, ONLINE_PAYMENT_BEGIN_METHOD, ONLINE_PAYMENT_LANDING_URL, ' +
        'ONLINE_PAYMENT_LANDING_LAST_OPENED_AT, ONLINE_PAYMENT_LANDING_METHOD, OFFLINE_PAYMENT_URL, ' +
        'OFFLINE_PAYMENT_LAST_OPENED_AT, OFFLINE_PAYMENT_METHOD, RECEIPT_URL, RECEIPT_LAST_OPENED_AT, ' +
        'RECEIPT_METHOD, UPDATE_URL, UPDATE_LAST_CHECK_AT, UPDATE_NEXT_CHECK_AT, UPDATE_METHOD, ' +
        'PAYER_TYPE, PAYER_TAX_IDENTIFICATION_NUMBER, PAYER_NAME, PAYER_FAMILY_NAME, PAYER_STREET_NAME, ' +
        'BUILDING_NUMBER, POSTAL_CODE, TOWN_NAME, COUNTRY_SUBDIVISION, COUNTRY, EMAIL, EVENT_ID, ' +
        'EVENT_VERSION, EVENT_CREATED_AT, APP_ID',
    )
  })
})
