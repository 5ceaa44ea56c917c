import avsc from 'avsc'
import { describe, expect, it } from 'vitest'
import { avroReaderOf } from '#apps/ksql-standin/load/avro-reader'
import { fieldsFromAvro, fromAvro } from '#apps/ksql-standin/load/avro-value'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

const string: SqlType = { kind: 'STRING' }
const amount = { type: 'bytes', logicalType: 'decimal', precision: 30, scale: 4 }
const schema = {
  type: 'record',
  name: 'row',
  fields: [
    { name: 'minor', type: 'long' },
    { name: 'amount', type: ['null', amount] },
    { name: 'tags', type: { type: 'map', values: 'int' } },
    {
      name: 'creditor',
      type: ['null', { type: 'record', name: 'c', fields: [{ name: 'iban', type: 'string' }] }],
    },
  ],
}

/** As another program writes it: decimals as plain bytes. */
const written = (value: object): Buffer =>
  avsc.Type.forSchema(structuredClone(schema) as avsc.Schema, { logicalTypes: {} }).toBuffer(value)

describe('a record of any schema', () => {
  it('keeps all digits of longs and decimals, and every member of maps', () => {
    const bytes = written({
      minor: 9_007_199_254_740_989,
      amount: Buffer.from('ff85ee', 'hex'),
      tags: { a: 1, b: 2 },
      creditor: { iban: 'X' },
    })
    const fields = [
      { name: 'MINOR', type: { kind: 'BIGINT' } },
      { name: 'AMOUNT', type: { kind: 'DECIMAL', precision: 30, scale: 4 } },
      { name: 'TAGS', type: { kind: 'MAP', key: string, value: { kind: 'INTEGER' } } },
      { name: 'CREDITOR', type: { kind: 'STRUCT', fields: [{ name: 'IBAN', type: string }] } },
      { name: 'ABSENT', type: string },
    ] as const
    expect(fieldsFromAvro(fields, avroReaderOf(schema).fromBuffer(bytes))).toEqual([
      '9007199254740989',
      '-3.1250',
      '{"a":1,"b":2}',
      '{"IBAN":"X"}',
      null,
    ])
  })

  it('is refused where its counts are damaged, in no time', () => {
    const type = avroReaderOf({ type: 'map', values: 'int' })
    const damaged = Buffer.from('feffffffffff7f', 'hex')
    expect(() => void type.fromBuffer(damaged)).toThrow()
  })
})

it.each([
  [{ kind: 'INTEGER' }, 'SETTLED'],
  [{ kind: 'INTEGER' }, 5n],
  [{ kind: 'STRING' }, 5],
  [{ kind: 'DECIMAL', precision: 12, scale: 2 }, '1.005'],
  [{ kind: 'BOOLEAN' }, 1],
  [{ kind: 'BYTES' }, 'text'],
  [{ kind: 'ARRAY', item: string }, {}],
  [{ kind: 'STRUCT', fields: [] }, Buffer.alloc(1)],
] as const)('passes over what is no %j', (type, value) => {
  expect(() => fromAvro(type as SqlType, value)).toThrow(UnstorableError)
})

it('stores numbers that are none', () => {
  expect(fromAvro({ kind: 'DOUBLE' }, Number.NaN)).toBe('NaN')
  expect(fromAvro({ kind: 'DOUBLE' }, -Infinity)).toBe('-Infinity')
})
