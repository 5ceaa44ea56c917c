import { expect, it } from 'vitest'
import { changeOf } from '#apps/ksql-standin/load/decode-record'
import { WriterSchemas } from '#apps/ksql-standin/load/writer-schemas'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

const schemas = new WriterSchemas({ byId: async () => undefined, latest: async () => undefined })

const source = (key: SqlType, formats: Partial<Source> = {}): Source => ({
  name: 'T',
  topic: 't',
  keyFormat: 'KAFKA',
  valueFormat: 'JSON',
  columns: [
    { name: 'ID', type: key, isKey: true },
    { name: 'V', type: { kind: 'STRING' }, isKey: false },
  ],
  partitions: 1,
  statement: '',
  relation: 'ksql.t0',
  ...formats,
})

const change = (of: Source, key: Buffer | null, value: string | null) =>
  changeOf(
    of,
    {
      topic: 't',
      partition: 0,
      offset: 0,
      key: key?.toString('latin1') ?? null,
      value: value === null ? null : Buffer.from(value),
      timestamp: 0,
      headers: {},
    },
    schemas,
  )

const int = Buffer.from('00000005', 'hex')
const long = Buffer.from('fffffffffffffffe', 'hex')

it.each([
  ['STRING', Buffer.from('pé😀'), 'pé😀'],
  ['INTEGER', int, '5'],
  ['BIGINT', long, '-2'],
] as const)('reads a key of %s from its bytes', (kind, bytes, key) => {
  expect(change(source({ kind }), bytes, '{"v":"x"}')).toEqual({
    kind: 'upsert',
    key,
    values: [key, 'x'],
  })
})

it('reads a key of JSON', () => {
  const json = source({ kind: 'STRING' }, { keyFormat: 'JSON' })
  expect(change(json, Buffer.from('"a"'), null)).toEqual({ kind: 'delete', key: 'a' })
})

it.each([null, 'null'])('takes the value %s for a deletion', (value) => {
  expect(change(source({ kind: 'STRING' }), Buffer.from('a'), value)).toEqual({
    kind: 'delete',
    key: 'a',
  })
})

it('holds no record without a key', () => {
  expect(change(source({ kind: 'STRING' }), null, '{}')).toBeUndefined()
})

it('passes over a key of another length', () => {
  expect(() => change(source({ kind: 'INTEGER' }), long, '{}')).toThrow(
    'a key that has not 4 bytes',
  )
})
