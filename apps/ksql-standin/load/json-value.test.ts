import { expect, it } from 'vitest'
import { fieldsFromJson, fromJson, parseJson } from '#apps/ksql-standin/load/json-value'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

const json = (text: string) => parseJson(Buffer.from(text))
const string: SqlType = { kind: 'STRING' }
const integer: SqlType = { kind: 'INTEGER' }
const stored = (type: SqlType, text: string) => fromJson(type, json(text))

it.each([
  [string, '5', '5'],
  [string, '1.0', '1.0'],
  [string, '{"a": 1, "b": [true, 1.50]}', '{"a":1,"b":[true,1.50]}'],
  [string, 'false', 'false'],
  [integer, '"7"', '7'],
  [integer, '1.9', '1'],
  [{ kind: 'BIGINT' }, '9007199254740993', '9007199254740993'],
  [{ kind: 'DECIMAL', precision: 12, scale: 2 }, '"7.10"', '7.10'],
  [{ kind: 'BYTES' }, '"AAEC/w=="', '\\x000102ff'],
  [{ kind: 'DATE' }, '20779', '20779'],
  [{ kind: 'BOOLEAN' }, 'true', 'true'],
  [{ kind: 'STRING' }, 'null', null],
] as const)('stores %j from %s', (type, text, expected) => {
  expect(stored(type as SqlType, text)).toBe(expected)
})

it.each([
  [integer, '"seven"'],
  [integer, '{}'],
  [integer, '5000000000'],
  [{ kind: 'BOOLEAN' }, '"true"'],
  [{ kind: 'DATE' }, '"2026-11-22"'],
  [{ kind: 'BYTES' }, '"no base64!"'],
  [{ kind: 'ARRAY', item: integer }, '{}'],
  [{ kind: 'STRUCT', fields: [] }, '[]'],
] as const)('passes over a value that is no %j: %s', (type, text) => {
  expect(() => stored(type as SqlType, text)).toThrow(UnstorableError)
})

it('finds members by their name in any case, and quoted names in theirs', () => {
  const value = json('{"STATUS":"upper","createdAt":"exact"}')
  const fields = ['STATUS', 'status', 'createdAt', 'CREATEDAT'].map((name) => ({
    name,
    type: string,
  }))
  expect(fieldsFromJson(fields, value)).toEqual(['upper', null, 'exact', 'exact'])
})

it('stores nested values whole, missing members as null', () => {
  const type: SqlType = {
    kind: 'STRUCT',
    fields: [
      { name: 'X', type: { kind: 'BIGINT' } },
      { name: 'NAMES', type: { kind: 'ARRAY', item: string } },
      { name: 'BY_NAME', type: { kind: 'MAP', key: string, value: { kind: 'BYTES' } } },
      { name: 'NONE', type: string },
    ],
  }
  const text = '{"x":9007199254740993,"names":["é\\"",null],"by_name":{"k":"/w=="}}'
  expect(stored(type, text)).toBe(
    '{"X":9007199254740993,"NAMES":["é\\"",null],"BY_NAME":{"k":"/w=="},"NONE":null}',
  )
})

it('counts the last of a member that comes twice', () => {
  expect(fieldsFromJson([{ name: 'A', type: string }], json('{"a":"1","a":"2"}'))).toEqual(['2'])
})

it('is not led astray by members that JavaScript knows', () => {
  const field = { name: 'TOSTRING', type: string }
  expect(fieldsFromJson([field], json('{"__proto__":{"TOSTRING":"x"}}'))).toEqual([null])
})

it('keeps no character that Postgres cannot, and mends half of one', () => {
  expect(() => stored(string, '"a\\u0000b"')).toThrow('U+0000')
  expect(stored(string, '"a\\ud800b"')).toBe('a\ufffdb')
})

it.each(['', 'not json', '{"a":', '['.repeat(100_000)])('takes %j for no JSON', (text) => {
  expect(() => json(text)).toThrow('a value that is no JSON')
})
