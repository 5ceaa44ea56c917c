import { describe, expect, it } from 'vitest'
import { decimal, identifier, ksql, KsqlText } from '#ports/ksql-text'
import { InvalidValueError } from '#schemas/values/invalid-value'

const where = (value: string | number | bigint | boolean | readonly string[]) =>
  ksql`SELECT * FROM t WHERE k = ${value};`
    .toString()
    .slice('SELECT * FROM t WHERE k = '.length, -1)

describe('a value in a statement', () => {
  it.each<[string | number | bigint | boolean | readonly string[], string]>([
    ['p-0001', "'p-0001'"],
    ['', "''"],
    ["Bob O'Brien", "'Bob O''Brien'"],
    ["' OR ''='", "''' OR ''''='''"],
    ["'; DROP TABLE payments; --", "'''; DROP TABLE payments; --'"],
    ["\\'; DROP TABLE payments; --", "'\\''; DROP TABLE payments; --'"],
    ['/* */ -- " ` $ {', "'/* */ -- \" ` $ {'"],
    ['é😀', "'é😀'"],
    [42, '42'],
    [-1, ' -1'],
    [9007199254740993n, '9007199254740993'],
    [-9223372036854775808n, ' -9223372036854775808'],
    [true, 'TRUE'],
    [['a', "b'"], "('a', 'b''')"],
  ])('%s is one literal', (value, text) => expect(where(value)).toBe(text))

  it('is read back by the rules of SQL as what it was, whatever it holds', () => {
    const pieces = [
      "'",
      "''",
      '\\',
      '"',
      '`',
      ';',
      '--',
      '/*',
      '*/',
      ' OR 1=1',
      '$',
      '{',
      'é',
      '😀',
    ]
    for (const first of pieces) {
      for (const second of pieces.filter((one) => first + one !== '${')) {
        const text = where(`x${first}${second}`)
        // One literal from beginning to end: quotes inside come in pairs.
        expect(text).toMatch(/^'(?:[^']|'')*'$/)
        expect(text.slice(1, -1).replaceAll("''", "'")).toBe(`x${first}${second}`)
      }
    }
  })

  it.each<[unknown]>([
    ['a\u0000b'],
    ['a\nb'],
    ['a\u007Fb'],
    ['a\u0085b'],
    ['a\u2028b'],
    ['\uD83D'],
    ['${payment}'],
    [1.5],
    [-0],
    [NaN],
    [2 ** 53],
    [2n ** 63n],
    [[]],
    [null],
    [undefined],
    [{ toString: () => '1; DROP TABLE payments' }],
  ])('is refused where it has no literal (%#)', (value) => {
    expect(() => where(value as string)).toThrow(InvalidValueError)
  })

  it('is a decimal by its text', () => {
    expect(ksql`amount >= ${decimal('10.50')} AND b > -${decimal('-0.05')}`.toString()).toBe(
      'amount >= 10.50 AND b > - -0.05',
    )
    for (const text of ['1e5', '.5', '1.', '1.0; --', '']) {
      expect(() => decimal(text)).toThrow(InvalidValueError)
    }
  })
})

describe('a name in a statement', () => {
  it('is as without quotes, and may be a reserved word', () => {
    expect(ksql`SELECT ${identifier('select')} FROM t;`.toString()).toBe('SELECT `SELECT` FROM t;')
  })

  it.each(['a`; DROP TABLE t; --', 'a b', 'a.b', '1a', '_a', '', 'é', 'a\n', 'a'.repeat(129)])(
    'is refused: %j',
    (name) => expect(() => identifier(name)).toThrow(InvalidValueError),
  )
})

describe('a statement', () => {
  it('holds parts of others', () => {
    const due = ksql`next_check_at_ms <= ${5n}`
    expect(ksql`SELECT * FROM t WHERE ${due};`.toString()).toBe(
      'SELECT * FROM t WHERE next_check_at_ms <= 5;',
    )
    expect(ksql`SHOW TABLES;`.toString()).toBe('SHOW TABLES;')
  })

  it('has no placeholder inside quotes or behind a comment, where a literal would be none', () => {
    expect(() => ksql`SELECT * FROM t WHERE k = '${'x'}';`).toThrow(TypeError)
    expect(() => ksql`SELECT \`${'x'}\` FROM t;`).toThrow(TypeError)
    expect(() => ksql`SELECT * FROM t -- ${'x'}`).toThrow(TypeError)
    expect(ksql`SELECT * FROM t WHERE a = 'it''s' AND k = ${'x'};`.toString()).toContain("'x'")
  })

  it('is made in no other way', () => {
    expect(() => KsqlText.of('DROP TABLE t;', Symbol('mine') as never)).toThrow(TypeError)
  })
})
