import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import type { Application, PaymentData } from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'
import { composePayment } from '#streams/payments/compose-payment'
import { paymentDispatcher } from '#streams/payments/payment-dispatcher'
import { sampleApplication } from '#streams/payments/samples'

const dispatcher = drive(paymentDispatcher)
const form = readJson<Record<string, unknown>>(sampleApplication().data)
const asking = (changes: Partial<PaymentData>): Application => {
  const application = sampleApplication()
  return {
    ...application,
    payment_data: { ...(application.payment_data as PaymentData), ...changes },
  }
}
const filledIn = (changes: Record<string, unknown>): Application =>
  sampleApplication({ data: JSON.stringify({ ...form, ...changes }) })
const composed = (application: Application) =>
  composePayment(application, {
    id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
    created_at: '2025-03-10T09:15:02+01:00',
  })
const share = (amount: number | null, code = 'c') => ({ code, amount, meta: '{}' })
const surname = 'applicant.data.completename.data.surname'
const taxCode = 'applicant.data.fiscal_code.data.fiscal_code'
const stamp = { amount: 1600, collection_data: null, reason: null }
const noUrl = { url: null, method: 'GET' }

const lacking: readonly (readonly [string, string, Application])[] = [
  ['no-payment-data', 'no payment data', sampleApplication({ payment_data: null })],
  ['stamps-unsupported', 'a stamp', asking({ stamps: [stamp] })],
  ['no-amount', 'no amount', asking({ amount: null })],
  ['amount-not-positive', 'a zero amount', asking({ amount: 0, split: [] })],
  ['amount-not-positive', 'a negative amount', asking({ amount: -1, split: [] })],
  ['split-does-not-add-up', 'shares that fall short', asking({ split: [share(4000), share(249)] })],
  ['split-does-not-add-up', 'two unknown shares', asking({ split: [share(null), share(null)] })],
  ['split-does-not-add-up', 'no rest to share', asking({ split: [share(4250), share(null)] })],
  ['split-does-not-add-up', 'a negative share', asking({ split: [share(4300), share(-50)] })],
  ['no-tax-code', 'no tax code', filledIn({ [taxCode]: ' ' })],
  ['bad-tax-code', 'a wrong tax code', filledIn({ [taxCode]: 'PRVLCU85M15X000A' })],
  ['no-name', 'no surname', filledIn({ [surname]: undefined })],
  ['no-expiry', 'no deadline', asking({ expire_at: null })],
  ['no-notify', 'no address for the outcome', asking({ notify: null })],
  ['no-landing', 'no landing', asking({ landing: noUrl })],
]

describe('an application that cannot be paid', () => {
  it.each(lacking)('is set aside as %s: %s', (code, _, application) => {
    const { outcome, thenSetsAside } = dispatcher.when(application)
    thenSetsAside(code)
    expect(String(outcome.cause)).not.toMatch(/PRVLCU|Luca|Prova/)
  })
})

describe('composePayment', () => {
  it('reads the nested form of API v2 as the flat one', () => {
    const nested = {
      applicant: {
        data: {
          completename: { data: { name: 'Luca', surname: 'Prova' } },
          fiscal_code: { data: { fiscal_code: 'prvlcu85m15x000r' } },
          email_address: 'luca.prova@example.org',
          address: {
            data: {
              address: 'Via delle Prove',
              house_number: 12,
              postal_code: '00000',
              municipality: 'Bugliano',
              county: 'PI',
            },
          },
        },
      },
    }
    const application = sampleApplication({ data: JSON.stringify(nested) })
    expect(composed(application).payer).toEqual(composed(sampleApplication()).payer)
  })

  it('makes null of what was left empty', () => {
    const application = filledIn({ 'applicant.data.address.data.county': '' })
    expect(composed(application).payer.country_subdivision).toBeNull()
  })

  it('turns weights into amounts without losing a cent', () => {
    const { payment } = composed(asking({ split: [share(33), share(33), share(34)] }))
    expect(payment.split.map(({ amount }) => amount)).toEqual([1403, 1402, 1445])
  })

  it('gives the one unknown share what the others leave (T12)', () => {
    const { payment } = composed(asking({ split: [share(4000, 'c_1'), share(null, 'c_2')] }))
    expect(payment.split).toEqual([share(4000, 'c_1'), share(250, 'c_2')])
  })

  it('keeps shares that add up to an amount of 1.00 as they are', () => {
    const split = [share(60), share(40)]
    expect(composed(asking({ amount: 100, split })).payment.split).toEqual(split)
  })

  it('gives a missing reason the documented default', () => {
    const reason = 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21 - PRVLCU85M15X000R'
    for (const given of [null, '', '  '])
      expect(composed(asking({ reason: given })).reason).toBe(reason)
  })

  it('cuts the reason to 140 characters, not through one (T14)', () => {
    const reason = `${'x'.repeat(139)}\u{1F3E0}yz`
    expect(composed(asking({ reason })).reason).toBe(`${'x'.repeat(139)}\u{1F3E0}`)
  })
})
