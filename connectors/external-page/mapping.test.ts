import { describe, expect, it } from 'vitest'
import {
  exampleAddresses,
  exampleBeneficiary,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import {
  toFilling,
  toPageRequest,
  toReportedSettlement,
  toSettlement,
  toStatusFilling,
} from '#connectors/external-page/mapping'
import type { Payment } from '#schemas/generated/types'

const page = {
  url: 'https://pay.example/?ref={iud}&sum={amount}&kind={due_type}',
  due_type: 'CANONE',
  description: 'Canone unico',
}
const moment = { now: new Date('2025-03-10T09:15:02.900+01:00'), nonce: 'n-1' }
const refusalOf = (compose: () => unknown) => {
  try {
    return compose()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('what the page is to be asked for', () => {
  it('is the same text for the same payment, members in order, and nothing of the payer', () => {
    expect(JSON.stringify(toPageRequest(examplePayment(), page))).toBe(
      `{"iud":"${iudFor(4250)}","amount":"42.50","currency":"EUR","due_type":"CANONE",` +
        '"description":"Canone unico","expire_at":"2025-06-08T09:15:00+02:00"}',
    )
  })

  it('leaves behind the shares, who owes, and a type that the page does not ask for', () => {
    const split = [{ code: 'c_1', amount: 4250, meta: '{}' }]
    const details = examplePayment({ split, due_type: 'TARI' })
    const payment = { ...details, debtor: details.payer }
    const url = 'https://pay.example/?ref={iud}&sum={amount}'
    expect(toPageRequest(payment, { url })).toMatchObject({ amount: '42.50', due_type: null })
  })

  it.each<[string, Payment]>([
    ['amount-missing', examplePayment({ amount: null })],
    ['amount-missing', examplePayment({ amount: 0 })],
    ['amount-missing', examplePayment({ amount: -1 })],
    ['stamp-unsupported', examplePayment({ type: 'STAMP' })],
    ['type-unsupported', examplePayment({ type: 'LOTTERY' })],
    ['document-unsupported', examplePayment({ document: { id: null, ref: null, hash: 'x' } })],
    ['currency-unsupported', examplePayment({ currency: 'CHF' })],
    ['receiver-unsupported', examplePayment({ receiver: exampleBeneficiary })],
    ['due-type-unsupported', examplePayment({ due_type: 'TARI' })],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(() => toPageRequest(payment, page))).toBe(code)
  })
})

describe('what goes into the address of the page', () => {
  it('is the payment as it stands, the service’s own words, and the moment', () => {
    const payment = exampleOnlinePayment(4250, { expire_at: '2025-06-08T09:15:00+02:00' })
    expect(toFilling(payment, page, moment)).toEqual({
      iud: iudFor(4250),
      amount: '42.50',
      cents: '4250',
      currency: 'EUR',
      due_type: 'CANONE',
      description: 'Canone unico',
      expire_at: '2025-06-08T09:15:00+02:00',
      ...exampleAddresses,
      time: '1741594502',
      nonce: 'n-1',
    })
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30000, '300.00'],
    [123456, '1234.56'],
  ])('writes %s cents as %s', (cents, amount) => {
    expect(toFilling(exampleOnlinePayment(cents), page, moment)).toMatchObject({ amount })
  })

  it.each([
    ['amount-missing', exampleOnlinePayment(4250, { amount: null })],
    ['amount-missing', exampleOnlinePayment(0)],
    ['currency-unsupported', exampleOnlinePayment(4250, { currency: 'CHF' })],
    ['addresses-missing', exampleOnlinePayment(4250, { addresses: null })],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(() => toFilling(payment, page, moment))).toBe(code)
  })

  it('is less where only a state is asked for', () => {
    expect(toStatusFilling('an iud', moment)).toEqual({
      iud: 'an iud',
      time: '1741594502',
      nonce: 'n-1',
    })
  })
})

describe('a settlement', () => {
  const told = {
    iud: iudFor(4250),
    state: 'PAID',
    transaction_id: 'XP-1',
    paid_at: '2025-03-11T10:00:00+01:00',
    amount: '42.50',
    currency: 'EUR',
  }
  const settled = {
    state: 'settled',
    transaction_id: 'XP-1',
    paid_at: '2025-03-11T10:00:00+01:00',
    amount: 4250,
  }

  it('is settled by the word PAID, with the sum that was told', () => {
    expect(toSettlement(told)).toEqual(settled)
    expect(toSettlement({ ...told, amount: '42.51' })).toEqual({ ...settled, amount: 4251 })
    expect(toSettlement({ ...told, transaction_id: null })).toMatchObject({ transaction_id: null })
    expect(toReportedSettlement(told)).toEqual({ iud: iudFor(4250), settlement: settled })
  })

  it.each(['OPENED', 'CANCELLED', 'REFUSED', 'EXPIRED', 'paid', 'SETTLING', ''])(
    'is pending where the page says %j: who did not pay may try again',
    (state) => {
      expect(toSettlement({ ...told, state })).toEqual({ state: 'pending' })
    },
  )

  it('is pending where the page has not heard of the payment', () => {
    expect(toSettlement(undefined)).toEqual({ state: 'pending' })
  })

  it('is none in another currency', () => {
    expect(refusalOf(() => toSettlement({ ...told, currency: 'CHF' }))).toBe('other-currency')
  })
})
