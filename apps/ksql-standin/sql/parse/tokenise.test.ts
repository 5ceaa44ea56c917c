import { describe, expect, it } from 'vitest'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { tokenise } from '#apps/ksql-standin/sql/parse/tokenise'

const tokensOf = (text: string) =>
  tokenise(text)
    .slice(0, -1)
    .map(({ kind, value }) => `${kind} ${value}`)

describe('tokens', () => {
  it('has words in upper case and quoted names as they are', () => {
    expect(tokensOf('select `paymentId`, "Status" from T')).toEqual([
      'word SELECT',
      'name paymentId',
      'symbol ,',
      'name Status',
      'word FROM',
      'word T',
    ])
  })

  it('has texts without their quotes, doubled ones single', () => {
    expect(tokensOf("'it''s' `a``b` \"c\"\"d\" ''")).toEqual([
      "string it's",
      'name a`b',
      'name c"d',
      'string ',
    ])
  })

  it('tells whole numbers, decimals and doubles', () => {
    expect(tokensOf('1 1.5 .5 1E2 1.5e-3')).toEqual([
      'integer 1',
      'decimal 1.5',
      'decimal .5',
      'double 1E2',
      'double 1.5e-3',
    ])
  })

  it('leaves out comments, and nothing that only looks like one', () => {
    expect(tokensOf("a -- b\n/* c; */ d '-- e' - -1")).toEqual([
      'word A',
      'word D',
      'string -- e',
      'symbol -',
      'symbol -',
      'integer 1',
    ])
  })

  it('reads the two ways to write unequal as one', () => {
    expect(tokensOf('a!=b<>c')).toEqual(['word A', 'symbol <>', 'word B', 'symbol <>', 'word C'])
  })

  it.each(["'no end", '`no end', '1abc', '#', 'a ? b', "'\0'"])('refuses %j', (text) => {
    expect(() => tokenise(text)).toThrow(KsqlError)
  })
})
