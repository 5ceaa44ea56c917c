import { describe, expect, it } from 'vitest'
import { observedSources } from '#apps/ksql-standin/sql/example-sources'
import { renderValue } from '#apps/ksql-standin/sql/render-value'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

const decimal = (precision: number, scale: number): SqlType => ({
  kind: 'DECIMAL',
  precision,
  scale,
})
const types = observedSources.get('TYPES_T')!.columns
const typeNamed = (name: string) => types.find((column) => column.name === name)!.type

describe('a value in an answer', () => {
  it.each<[SqlType, string | null, string]>([
    [{ kind: 'BIGINT' }, '9007199254740993', '9007199254740993'],
    [{ kind: 'BIGINT' }, '-9223372036854775808', '-9223372036854775808'],
    [{ kind: 'BOOLEAN' }, 't', 'true'],
    [{ kind: 'BOOLEAN' }, 'f', 'false'],
    [{ kind: 'INTEGER' }, null, 'null'],
    [decimal(12, 2), '10.50', '10.50'],
    [decimal(12, 2), '100', '100.00'],
    [decimal(10, 0), '0', '0'],
    [decimal(38, 10), '12345678901234567890.0123456789', '12345678901234567890.0123456789'],
    [{ kind: 'BYTES' }, '\\x0001020304ff', '"AAECAwT/"'],
    [{ kind: 'DATE' }, '20779', '"2026-11-22"'],
    [{ kind: 'DATE' }, '-1', '"1969-12-31"'],
    [{ kind: 'TIME' }, '37815123', '"10:30:15"'],
    [{ kind: 'TIME' }, '60000', '"00:01"'],
    [{ kind: 'TIME' }, '1', '"00:00"'],
    [{ kind: 'TIMESTAMP' }, '1795000000000', '"2026-11-18T11:06:40.000"'],
    [{ kind: 'TIMESTAMP' }, '-1', '"1969-12-31T23:59:59.999"'],
  ])('%j %s is %s', (type, stored, expected) => {
    expect(renderValue(type, stored)).toBe(expected)
  })

  it.each([
    ['100', '100.0'],
    ['1e+21', '1.0E21'],
    ['123456789.125', '1.23456789125E8'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1.100000023841858', '1.100000023841858'],
    ['0.001', '0.001'],
    ['0.0001', '1.0E-4'],
    ['9999999', '9999999.0'],
    ['-1e+300', '-1.0E300'],
    ['-0', '-0.0'],
    ['NaN', 'null'],
  ])('a DOUBLE is written as Java does: %s is %s', (stored, expected) => {
    expect(renderValue({ kind: 'DOUBLE' }, stored)).toBe(expected)
  })

  it('escapes what is outside of the BMP and leaves the rest as it is', () => {
    expect(renderValue({ kind: 'STRING' }, 'é "q" \\ \n\u0001\u001f😀 \\u00e9')).toBe(
      '"é \\"q\\" \\\\ \\n\\u0001\\u001F\\uD83D\\uDE00 \\\\u00e9"',
    )
  })

  it('has the members of a struct in their declared order, those that are missing as null', () => {
    expect(renderValue(typeNamed('ST'), '{"Y": "why", "inner": {"Z": [1, null, 2]}}')).toBe(
      '{"X":null,"Y":"why","inner":{"Z":[1,null,2]}}',
    )
  })

  it('keeps every digit inside of a struct, an array and a map', () => {
    const type: SqlType = {
      kind: 'STRUCT',
      fields: [
        { name: 'A', type: { kind: 'ARRAY', item: { kind: 'BIGINT' } } },
        { name: 'M', type: { kind: 'MAP', key: { kind: 'STRING' }, value: decimal(20, 2) } },
        { name: 'T', type: { kind: 'DATE' } },
      ],
    }
    const stored = '{"A": [9007199254740993], "M": {"a\\"": 123456789012345678.5}, "T": 0}'
    expect(renderValue(type, stored)).toBe(
      '{"A":[9007199254740993],"M":{"a\\"":123456789012345678.50},"T":"1970-01-01"}',
    )
  })

  it('has empty arrays, maps and structs', () => {
    expect(renderValue(typeNamed('AI'), '[]')).toBe('[]')
    expect(renderValue(typeNamed('M'), '{}')).toBe('{}')
    expect(renderValue(typeNamed('ST'), '{}')).toBe('{"X":null,"Y":null,"inner":null}')
  })

  it('has years of any length', () => {
    const timestamp = (ms: string) => renderValue({ kind: 'TIMESTAMP' }, ms)
    expect(timestamp('9223372036854775807')).toBe('"+292278994-08-17T07:12:55.807"')
    expect(timestamp('-9223372036854775808')).toBe('"-292275055-05-16T16:47:04.192"')
  })
})
