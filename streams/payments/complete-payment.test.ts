import { describe, expect, it } from 'vitest'
import type { Payment, PaymentDetails, Receiver } from '#schemas/generated/types'
import { completePayment } from '#streams/payments/complete-payment'
import { samplePayment } from '#streams/payments/samples'

const told = samplePayment()
const paymentOf = (details: Partial<PaymentDetails>, changes: Partial<Payment> = {}): Payment => ({
  ...told,
  ...changes,
  payment: { ...told.payment, ...details },
})
const bare = paymentOf({ amount: null, expire_at: null, split: [] }, { reason: null })
const receiver = { tax_identification_number: '00000000000', name: 'Ente di prova' }
const service = {
  due_type: 'CANONE',
  payment_type: 'PAGOPA',
  amount: 30,
  reason: 'Canone unico',
  expire_at: 30,
  receiver,
  collection_data: '9/0101002IM/',
  split: [
    { split_id: 'c_1', split_budget_chapter: '7', split_amount: 20 },
    { split_id: 'c_2', split_amount: 10 },
  ],
}
const sharesOf = (cents: number, split: readonly object[]) =>
  completePayment(paymentOf({ amount: cents, split: [] }), { ...service, split }).payment.split.map(
    ({ amount }) => amount,
  )

describe('what a payment does not say', () => {
  it('is what its service is configured with', () => {
    const { reason, payment } = completePayment(bare, service)
    expect(reason).toBe('Canone unico')
    expect(payment).toEqual({
      ...told.payment,
      amount: 3000,
      expire_at: '2025-04-09T09:15:02+02:00',
      split: [
        { code: 'c_1', amount: 2000, meta: '{"split_budget_chapter":"7"}' },
        { code: 'c_2', amount: 1000, meta: '{}' },
      ],
      receiver: {
        ...receiver,
        iban: null,
        address: null,
        building_number: null,
        postal_code: null,
        town_name: null,
        country_subdivision: null,
        country: null,
      },
      pagopa_category: '9/0101002IM/',
    })
  })

  it('stays unsaid where the configuration does not say it either', () => {
    expect(completePayment(bare, { due_type: 'CANONE' })).toEqual(bare)
  })

  it('includes that it is a stamp, which is no ordinary payment', () => {
    expect(completePayment(told, { payment_type: 'STAMP' }).payment.type).toBe('STAMP')
    expect(completePayment(told, { payment_type: 'PAGOPA' }).payment.type).toBeNull()
  })
})

describe('what a payment says', () => {
  it('stands, whatever its service is configured with', () => {
    const whole: Receiver = { ...completePayment(bare, service).payment.receiver!, name: 'Altro' }
    const payment = paymentOf(
      { type: 'PAGOPA', receiver: whole, pagopa_category: '9/0201102IM/' },
      { reason: 'Occupazione suolo' },
    )
    expect(completePayment(payment, { ...service, payment_type: 'STAMP' })).toEqual(payment)
  })

  it('is no reason where it is the one that is written for want of any', () => {
    const written = told.reason ?? ''
    expect(written).toBe(`${told.remote_id} - ${told.payer.tax_identification_number}`)
    for (const reason of [written, written.toLowerCase(), ' ', '']) {
      expect(completePayment({ ...told, reason }, service).reason).toBe('Canone unico')
    }
  })
})

describe('a configured reason', () => {
  it('is cut to 140 characters, not through one (T14)', () => {
    const reason = `${'x'.repeat(139)}\u{1F3E0}yz`
    expect(completePayment(bare, { ...service, reason }).reason).toBe(`${'x'.repeat(139)}\u{1F3E0}`)
  })
})

describe('configured shares', () => {
  it('make the amount of the payment, no cent lost', () => {
    const thirds = [0.33, 0.33, 0.34].map((split_amount, i) => ({
      split_id: `c_${i}`,
      split_amount,
    }))
    for (const cents of [1, 100, 1001, 4250, 999_999_999_999]) {
      const shares = sharesOf(cents, thirds)
      expect(shares.reduce((sum: number, share) => sum + Number(share), 0)).toBe(cents)
    }
    expect(sharesOf(1001, thirds)).toEqual([330, 330, 341])
  })

  it('leave to the one that is unknown what the others do not take', () => {
    const split = [{ split_id: 'c_1', split_amount: 20 }, { split_id: 'c_2' }]
    expect(sharesOf(4250, split)).toEqual([2000, 2250])
  })

  it('that do not make it are for an administrator to mend', () => {
    expect(() => sharesOf(4250, service.split)).toThrow(
      expect.objectContaining({
        code: 'bad-configuration',
        message: expect.stringMatching(/^service\.split: .*adds up neither/) as string,
      }) as Error,
    )
  })

  it('are left out where the payment has shares of its own', () => {
    expect(completePayment(told, service).payment.split).toEqual(told.payment.split)
  })
})

it('a member that is no good is named, its value is not', () => {
  const wrong = { ...service, receiver: { ...receiver, tax_identification_number: 'PRVLCU' } }
  expect(() => completePayment(bare, wrong)).toThrow(
    /^service\.receiver\.tax_identification_number: (?!.*PRVLCU)/,
  )
})
