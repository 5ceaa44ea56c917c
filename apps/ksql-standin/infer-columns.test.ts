import { expect, it } from 'vitest'
import { columnsOf } from '#apps/ksql-standin/infer-columns'

const row = (type: unknown) => ({ type: 'record', name: 'row', fields: [{ name: 'aField', type }] })
const decimal = { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 }

it.each([
  ['int', { kind: 'INTEGER' }],
  ['long', { kind: 'BIGINT' }],
  ['float', { kind: 'DOUBLE' }],
  [['null', 'string'], { kind: 'STRING' }],
  [['string', 'null'], { kind: 'STRING' }],
  [{ type: 'enum', name: 'e', symbols: ['A'] }, { kind: 'STRING' }],
  [decimal, { kind: 'DECIMAL', precision: 12, scale: 2 }],
  [{ type: 'int', logicalType: 'date' }, { kind: 'DATE' }],
  [{ type: 'int', logicalType: 'time-millis' }, { kind: 'TIME' }],
  [{ type: 'long', logicalType: 'timestamp-millis' }, { kind: 'TIMESTAMP' }],
  [{ type: 'long', logicalType: 'timestamp-micros' }, { kind: 'BIGINT' }],
  [{ type: 'string', logicalType: 'uuid' }, { kind: 'STRING' }],
  [
    { type: 'array', items: 'int' },
    { kind: 'ARRAY', item: { kind: 'INTEGER' } },
  ],
  [
    { type: 'map', values: decimal },
    {
      kind: 'MAP',
      key: { kind: 'STRING' },
      value: { kind: 'DECIMAL', precision: 12, scale: 2 },
    },
  ],
  [
    { type: 'record', name: 'inner', fields: [{ name: 'iban', type: 'string' }] },
    { kind: 'STRUCT', fields: [{ name: 'IBAN', type: { kind: 'STRING' } }] },
  ],
])('makes of %j what ksqlDB makes of it', (type, expected) => {
  expect(columnsOf(row(type))).toEqual([{ name: 'AFIELD', type: expected }])
})

it('knows a type again by its name', () => {
  const named = {
    type: 'record',
    name: 'n',
    namespace: 'x.y',
    fields: [{ name: 'v', type: 'int' }],
  }
  const schema = {
    type: 'record',
    name: 'row',
    fields: [
      { name: 'a', type: named },
      { name: 'b', type: ['null', 'x.y.n'] },
    ],
  }
  const [a, b] = columnsOf(schema)
  expect(b?.type).toEqual(a?.type)
})

it.each([
  ['a union of several types', row(['int', 'string'])],
  ['is no record', { type: 'string' }],
  ['names a type', row('row')],
])('refuses a schema that has no counterpart: %s', (reason, schema) => {
  expect(() => columnsOf(schema)).toThrow(reason)
})
