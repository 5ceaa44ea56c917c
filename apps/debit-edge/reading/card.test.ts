import { describe, expect, it } from 'vitest'
import { isToken, tokensOf } from '#apps/debit-edge/reading/card'

const tokens = tokensOf(Buffer.alloc(32, 7))

describe('the token of a card', () => {
  it('is always the same with the same key, and another one with another', () => {
    const token = tokens.cardId('4111111111111111')
    expect(tokensOf(Buffer.alloc(32, 7)).cardId('4111111111111111')).toBe(token)
    expect(tokensOf(Buffer.alloc(32, 8)).cardId('4111111111111111')).not.toBe(token)
  })

  it('was always this: accounts are known by it', () => {
    expect(tokens.cardId('4111111111111111')).toMatchInlineSnapshot(`"M-z6Gwuof0VHHdZLo2qb3g"`)
    expect(tokens.accountId('order:1')).toMatchInlineSnapshot(`"SukXpDqNhqcN56VYagVz6g"`)
  })

  it('has 128 bits, and none of its digits', () => {
    const token = tokens.cardId('4111111111111111')
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(token).not.toContain('4111')
  })

  it('tells zeros in front apart', () => {
    expect(tokens.cardId('0004111111111111')).not.toBe(tokens.cardId('4111111111111'))
  })

  it('is never that of an account that was opened without one', () => {
    expect(tokens.accountId('4111111111111111')).not.toBe(tokens.cardId('4111111111111111'))
  })

  it('looks like one, and hardly anything else does', () => {
    for (let n = 0; n < 1_000; n++) expect(isToken(tokens.cardId(String(10 ** 15 + n)))).toBe(true)
    const others = [
      '',
      '4111111111111111',
      '4111111111111111xxxxxx',
      'a'.repeat(23),
      'é'.repeat(22),
    ]
    for (const text of others) expect(isToken(text)).toBe(false)
  })
})
