import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const sum = { amount: '50.25', currency: 'BRL' }

describe('the members of a request', () => {
  it.each([
    [{ amount: '1.5', currency: 'JPY' }, '13', 'amount has more decimals than JPY has, which is 0'],
    [
      { amount: '0.0001', currency: 'KWD' },
      '13',
      'amount has more decimals than KWD has, which is 3',
    ],
    [{ amount: 0, currency: 'EUR' }, '13', 'amount is zero'],
    [{ amount: '50.25', currency: 'ZZZ' }, '12', 'currency is no code of ISO 4217, such as BRL'],
    [{ amount: '50.25', currency: 'eur' }, '12', 'currency is no code of ISO 4217, such as BRL'],
    [{ amount: '50.25' }, '30', 'currency is missing'],
    [{ currency: 'EUR' }, '30', 'amount is missing'],
    [
      { ...sum, allows_partial: 'yes' },
      '30',
      'allows_partial is a string; it must be true or false',
    ],
    [{ ...sum, text: 7 }, '30', 'text is a number; it must be text'],
    [{ ...sum, text: 'x'.repeat(141) }, '30', /^text must have at most 140 characters/],
    [{ ...sum, text: 'a\u0000b' }, '30', /^text must have at most 140 characters/],
    [{ ...sum, requested_at: 'yesterday' }, '30', /^requested_at is not a date and time/],
    [{ ...sum, requested_at: '2026-02-30T00:00:00Z' }, '30', /^requested_at is not a day/],
    [{ ...sum, tip: 1 }, '30', 'tip is not known here'],
    [{ ...sum, account_id: 'short' }, '30', /^account_id is no id of an account/],
  ])('are not %j', async (body, code, detail) => {
    const answer = await edge.post('/v1/debits', { account_id, ...body })
    const told = (await answer.json()) as Record<string, unknown>
    expect([answer.status, told['code']]).toEqual([422, code])
    expect(told['detail']).toMatch(detail)
    expect(edge.log.appended).toEqual([])
  })

  it.each([
    ['1000', 'JPY', 1_000],
    ['12.345', 'KWD', 12_345],
    [0.1, 'EUR', 10],
  ])('are %s %s, taken for %i minor units', async (amount, currency, minor) => {
    const answer = await edge.post('/v1/debits', { account_id, amount, currency })
    expect(answer.status).toBe(200)
    expect(edge.log.appended).toMatchObject([{ debit: { amount: minor, currency } }])
  })
})
