import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  exampleConfiguration,
  exampleSecret,
} from '#connectors/external-page/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { externalPage } from '#connectors/external-page/index'

const configuration = exampleConfiguration({
  pageUrl: 'https://pay.example/?a={iud}&b={amount}&c={landing}&d={time}&e={nonce}',
})
const told = {
  iud: iudFor(4250),
  state: 'PAID',
  transaction_id: 'XP-1',
  paid_at: '2025-03-11T10:00:00.123+01:00',
  amount: '42.50',
  currency: 'EUR',
}
const body = JSON.stringify(told)

const nowSeconds = () => Math.floor(Date.now() / 1_000)
/** As a page signs it: anew at each try. */
const signed = (text: string, { secret = exampleSecret, time = nowSeconds() } = {}) => {
  const nonce = randomUUID()
  const signature = createHmac('sha256', secret).update(`notify\n${time}\n${nonce}\n${text}`)
  return { 'x-external-page-signature': `t=${time},n=${nonce},s=${signature.digest('hex')}` }
}
const read = (headers: Record<string, string>, text = body) =>
  externalPage.connect(configuration).readNotification?.({ headers, body: text })
const coded = (code: string) =>
  expect.objectContaining({ name: 'RejectedError', code }) as unknown as Error

describe('an external page reports', () => {
  it('money, signed with our secret', () => {
    expect(read(signed(body))).toEqual([
      {
        iud: iudFor(4250),
        settlement: {
          state: 'settled',
          transaction_id: 'XP-1',
          paid_at: '2025-03-11T10:00:00+01:00',
          amount: 4250,
        },
      },
    ])
  })

  it.each(['CANCELLED', 'REFUSED', 'SOMETHING_NEW'])('%s, which is no end', (state) => {
    const text = JSON.stringify({ iud: told.iud, state })
    expect(read(signed(text), text)).toEqual([{ iud: told.iud, settlement: { state: 'pending' } }])
  })

  it('another sum than was asked for as the sum it is', () => {
    const text = body.replace('42.50', '42.51')
    expect(read(signed(text), text)).toMatchObject([{ settlement: { amount: 4251 } }])
  })

  it('the same again, signed anew: its first answer may have been lost', () => {
    expect(read(signed(body))).toEqual(read(signed(body)))
  })
})

describe('an external page is not believed', () => {
  it('where a callback that was taken is played again, even to a connection made anew', () => {
    const headers = signed(body)
    expect(read(headers)).toHaveLength(1)
    expect(() => read(headers)).toThrow(coded('bad-signature'))
  })

  it.each([
    ['long ago', -301],
    // A second may end between signing and reading.
    ['in the time to come', 302],
  ])('where a callback was signed %s', (_when, seconds) => {
    const headers = signed(body, { time: nowSeconds() + seconds })
    expect(() => read(headers)).toThrow(coded('bad-signature'))
  })

  it.each([
    ['without a signature', {}, body],
    ['signed by another', signed(body, { secret: 'another secret, as long as ours is' }), body],
    ['changed by one byte', signed(body), body.replace('42.50', '92.50')],
    ['with the signature of another payment', signed(body), body.replace('5f0c', '5f0d')],
  ])('%s', (_how, headers, text) => {
    expect(() => read(headers, text)).toThrow(coded('bad-signature'))
  })

  it.each([
    ['no JSON', 'PAID'],
    ['a page', '<!doctype html><title>Paid</title>'],
    ['a list', `[${body}]`],
    ['without a payment', '{"state":"PAID"}'],
    ['paid, but not when', body.replace('"paid_at"', '"at"')],
    ['paid, but not how much', body.replace('"amount"', '"sum"')],
    ['paid, but in what', body.replace('"currency"', '"in"')],
    ['with an amount that is a number', body.replace('"42.50"', '42.50')],
    ['with an amount below zero', body.replace('42.50', '-42.50')],
  ])('with what is %s', (_what, text) => {
    expect(() => read(signed(text), text)).toThrow(coded('bad-notification'))
  })

  it('with money that is not in euros', () => {
    const text = body.replace('EUR', 'CHF')
    expect(() => read(signed(text), text)).toThrow(coded('other-currency'))
  })

  it('a first time does not make a second one old: what could not be read may come again', () => {
    const headers = signed('{}')
    expect(() => read(headers, '{}')).toThrow(coded('bad-notification'))
    expect(() => read(headers, '{}')).toThrow(coded('bad-notification'))
  })
})
