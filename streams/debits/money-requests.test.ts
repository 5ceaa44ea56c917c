import { describe, expect, it } from 'vitest'
import { given } from '#streams/debits/debit-drive'
import { account_id, credit, debit, open, refund } from '#streams/debits/debit-samples'

describe('a debit', () => {
  it('takes what is asked for where it is available', () => {
    const account = given(open(100))
    account.when(debit('d1', 30)).then('approved', { amount: 30, posted: 70 })
    account.when(debit('d2', 70)).then('approved', { amount: 70, posted: 0 })
  })

  it('takes nothing where it is more than is available', () => {
    const account = given(open(100))
    account.when(debit('d1', 101)).then('insufficient-funds', { posted: 100 })
    account.when(debit('d2', 100)).then('approved', { amount: 100, posted: 0 })
    account.when(debit('d3', 1)).then('insufficient-funds', { posted: 0 })
  })

  it('takes what there is where less will do, and nothing of nothing', () => {
    const account = given(open(100))
    const partial = { allows_partial: true }
    account.when(debit('d1', 40, partial)).then('approved', { amount: 40, posted: 60 })
    account.when(debit('d2', 70, partial)).then('partially-approved', { amount: 60, posted: 0 })
    account.when(debit('d3', 1, partial)).then('insufficient-funds', { posted: 0 })
  })

  it('needs no card', () => {
    given(open(100, { card: null }))
      .when(debit('d1', 30, { card_id: null }))
      .then('approved', { amount: 30, posted: 70 })
  })

  it('is approved exactly so often as the balance allows, however many come', () => {
    const account = given(open(1_000))
    const codes = Array.from({ length: 500 }, (_, n) => {
      return account.when(debit(`d${n}`, 30)).decision.code
    })
    expect(codes.filter((code) => code === '00')).toHaveLength(33)
    expect(codes.slice(33).every((code) => code === '51')).toBe(true)
    account.when(debit('last', 10)).then('approved', { amount: 10, posted: 0 })
  })
})

describe('money that comes in or back', () => {
  it('is there at once', () => {
    const account = given(open(0))
    account.when(credit('c1', 50)).then('approved', { amount: 50, posted: 50 })
    account.when(refund('f1', 25, 'd1')).then('approved', { amount: 25, posted: 75 })
    account.when(debit('d1', 75)).then('approved', { amount: 75, posted: 0 })
  })

  it('is refused where no counter could hold it', () => {
    const most = 999_999_999_999_999
    const account = given(open(most), ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => credit(`c${n}`, most)))
    const posted = 9 * most
    account.when(credit('c9', most)).then('counter-exhausted', { posted })
    const left = Number.MAX_SAFE_INTEGER - posted
    account
      .when(credit('c10', left))
      .then('approved', { amount: left, posted: Number.MAX_SAFE_INTEGER })
    account.when(credit('c11', 1)).then('counter-exhausted', { posted: Number.MAX_SAFE_INTEGER })
  })
})

describe('a sum', () => {
  const none = [0, -1, -0, 0.5, 0.001, 1e15, 2 ** 53, Infinity, NaN]
  const requests = { debit, credit, refund }

  it.each(none)('of %s is none', (amount) => {
    for (const request of Object.values(requests)) {
      const answer = given(open(100)).when(request('r1', amount))
      answer.then('invalid-amount', { posted: 100 })
      expect(Number.isSafeInteger(answer.decision.asked)).toBe(true)
    }
  })

  it('may be as large as 999,999,999,999,999', () => {
    const most = 999_999_999_999_999
    const account = given(open(most))
    account.when(debit('d1', most)).then('approved', { amount: most, posted: 0 })
    account.when(debit('d2', most)).then('insufficient-funds', { posted: 0 })
  })

  it('is in the currency of the account, or none of it', () => {
    const account = given(open(100))
    const answer = account.when(debit('d1', 30, { currency: 'JPY' }))
    answer.then('other-currency', { posted: 100 })
    expect(answer.decision.currency).toBe('EUR')
  })

  it('is whole units of a currency without decimals', () => {
    const account = given(open(100, { currency: 'JPY' }))
    account.when(debit('d1', 100, { currency: 'JPY' })).then('approved', { amount: 100, posted: 0 })
  })
})

describe('an account nobody opened', () => {
  it('has no money, and says so', () => {
    const account = given()
    for (const request of [debit('d1', 30), credit('c1', 30), refund('f1', 30)]) {
      const answer = account.when(request)
      answer.then('no-such-account', { posted: 0 })
      expect(answer.decision).toMatchObject({ account_id, asked: 30, currency: 'EUR' })
    }
  })
})
