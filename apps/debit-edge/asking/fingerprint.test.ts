import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '#apps/debit-edge/asking/fingerprint'
import type { Terms } from '#apps/debit-edge/asking/wanted'

const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const terms = { account_id, request_id: 'order:1', requested_at: 1_764_450_000_000 }
const block = {
  amount: 5_025,
  currency: 'BRL',
  card_id: account_id,
  allows_partial: false,
  text: null,
}
const debit = (changes: object = {}): Terms => ({
  ...terms,
  type: 'Debit',
  debit: { ...block, ...changes },
})

describe('the fingerprint of a request', () => {
  it('is of what it asks for, and not of when, under which id, or in which order it is written', () => {
    const fingerprint = fingerprintOf(debit())
    expect(fingerprint).toMatch(/^[\w-]{22}$/)
    const { amount, ...others } = block
    const again: Terms = {
      type: 'Debit',
      ...terms,
      request_id: 'other',
      requested_at: 0,
      debit: { ...others, amount },
    }
    expect(fingerprintOf(again)).toBe(fingerprint)
  })

  it.each([
    { amount: 5_026 },
    { currency: 'EUR' },
    { card_id: null },
    { allows_partial: true },
    { text: 'Padaria' },
  ])('is another one with %j', (change) => {
    expect(fingerprintOf(debit(change))).not.toBe(fingerprintOf(debit()))
  })

  it('is another one for another type and another account', () => {
    const { amount, currency, text } = block
    const credit: Terms = { ...terms, type: 'Credit', credit: { amount, currency, text } }
    const refund: Terms = {
      ...terms,
      type: 'Refund',
      refund: { amount, currency, text, original_id: null },
    }
    const other: Terms = { ...credit, account_id: 'another' }
    const all = [debit(), credit, refund, other].map(fingerprintOf)
    expect(new Set(all).size).toBe(all.length)
  })

  it('stays as it is when a later version has one more member that nobody gives', () => {
    expect(fingerprintOf(debit({ merchant_id: null }))).toBe(fingerprintOf(debit()))
  })

  it('was always this: what is kept of yesterday is compared with it', () => {
    expect(fingerprintOf(debit())).toMatchInlineSnapshot(`"U1VBhrQzQvEM7quR0iNyMQ"`)
    const card = { card_id: 'c', display: '411111******1111', status: 'Active', expires_at: null }
    const add: Terms = { ...terms, type: 'AddCard', add_card: { card: card as never } }
    expect(fingerprintOf(add)).toMatchInlineSnapshot(`"_-mKpYQ0gElamDWa0gkZ-w"`)
  })
})
