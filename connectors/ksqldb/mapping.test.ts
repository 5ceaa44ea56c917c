import { describe, expect, it } from 'vitest'
import { parseColumns, parseType } from '#connectors/ksqldb/column-types'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { readerOf, readKeepingNumbers, rowReaderOf } from '#connectors/ksqldb/mapping'

const read = (type: string, json: string) => readerOf(parseType(type))(readKeepingNumbers(json))

describe('a value of a column', () => {
  it.each<[string, string, unknown]>([
    ['BOOLEAN', 'true', true],
    ['INTEGER', '-2147483648', -2147483648],
    ['BIGINT', '9007199254740993', 9007199254740993n],
    ['BIGINT', '-9223372036854775808', -9223372036854775808n],
    ['DOUBLE', '1.0E21', 1e21],
    ['DOUBLE', '1.0E-5', 0.00001],
    ['DOUBLE', '"NaN"', NaN],
    ['DECIMAL(12, 2)', '10.50', 1050],
    ['DECIMAL(12, 2)', '-0.05', -5],
    ['DECIMAL(12, 2)', '9999999999.99', 999999999999],
    ['DECIMAL(38, 10)', '12345678901234567890.0123456789', '12345678901234567890.0123456789'],
    ['DECIMAL(38, 10)', '0.0000000000', '0.0000000000'],
    ['STRING', '"héllo \\"q\\" \\\\ \\n\\uD83D\\uDE00 1.50"', 'héllo "q" \\ \n😀 1.50'],
    ['STRING', '"3.10"', '3.10'],
    ['BYTES', '"AAEC/w=="', Buffer.from([0, 1, 2, 255])],
    ['DATE', '"2026-11-22"', '2026-11-22'],
    ['TIME', '"00:00"', '00:00'],
    ['TIMESTAMP', '"2026-11-18T11:06:40.000"', '2026-11-18T11:06:40.000'],
    ['ARRAY<INTEGER>', '[1,null,3]', [1, null, 3]],
    ['ARRAY<ARRAY<BIGINT>>', '[[1],[]]', [[1n], []]],
    ['MAP<STRING, INTEGER>', '{"k1":1,"k2":null,"":0}', { k1: 1, k2: null, '': 0 }],
    [
      'STRUCT<`X` INTEGER, `y` STRING, `inner` STRUCT<`z` ARRAY<DECIMAL(12, 2)>>>',
      '{"X":1,"y":"why","inner":{"z":[1.00,2.00]}}',
      { X: 1, y: 'why', inner: { z: [100, 200] } },
    ],
    ['STRUCT<`X` INTEGER>', 'null', null],
    ['STRUCT<`a``b` STRING>', '{"a`b":"x"}', { 'a`b': 'x' }],
  ])('of %s %s keeps every digit', (type, json, value) => expect(read(type, json)).toEqual(value))

  it('named like a part of every object is a member like others', () => {
    const row = read('MAP<STRING, STRING>', '{"__proto__":"x"}') as object
    expect(Object.entries(row)).toEqual([['__proto__', 'x']])
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
  })

  it.each([
    ['INTEGER', '"5"'],
    ['INTEGER', '1.5'],
    ['BIGINT', '1e5'],
    ['BIGINT', 'true'],
    ['DECIMAL(12, 2)', '"10.50"'],
    ['DECIMAL(12, 2)', '99999999999.99'],
    ['STRING', '5'],
    ['BOOLEAN', '"true"'],
    ['ARRAY<INTEGER>', '{}'],
    ['MAP<STRING, INTEGER>', '[]'],
    ['STRUCT<`X` INTEGER>', '[1]'],
  ])('of %s is not %s', (type, json) => {
    expect(() => read(type, json)).toThrow(InvalidValueError)
  })
})

describe('the columns of an answer', () => {
  it('are those of the header', () => {
    expect(
      parseColumns('`PAYMENT_ID` STRING KEY, `AMOUNT` DECIMAL(12, 2), `C` STRUCT<`N` STRING>'),
    ).toEqual([
      { name: 'PAYMENT_ID', type: { kind: 'scalar', name: 'STRING' } },
      { name: 'AMOUNT', type: { kind: 'decimal', precision: 12, scale: 2 } },
      {
        name: 'C',
        type: {
          kind: 'struct',
          members: [{ name: 'N', type: { kind: 'scalar', name: 'STRING' } }],
        },
      },
    ])
  })

  it.each([
    'PAYMENT_ID STRING',
    '`A`',
    '`A` STRING,',
    '`A` DECIMAL(12)',
    '`A` ARRAY<STRING',
    '`A` %',
  ])('are refused where they are not understood: %s', (schema) =>
    expect(() => parseColumns(schema)).toThrow(SyntaxError),
  )

  it('are of known types', () => {
    expect(() => rowReaderOf(parseColumns('`A` GEOMETRY'))).toThrow(SyntaxError)
    expect(() => rowReaderOf(parseColumns('`A` constructor'))).toThrow(SyntaxError)
  })

  it('are as many as the values', () => {
    const readRow = rowReaderOf(parseColumns('`A` STRING, `B` STRING'))
    expect(readRow(['x', null])).toEqual({ A: 'x', B: null })
    expect(() => readRow(['x'])).toThrow('has 1 values for 2 columns')
  })
})
