import { describe, expect, it } from 'vitest'
import { normaliseApplication } from '#schemas/applications/normalise'
import { codecOf } from '#schemas/codec'
import { normalisePayment } from '#schemas/payments/normalise'
import { type SampleName, readSample } from '#schemas/samples/sample'

const payments = codecOf('corrente.payments.Payment')
const applications = codecOf('corrente.applications.Application')
const pending = () => readSample('payment-pending')
const withDetails = (details: object) => ({
  ...pending(),
  payment: { ...(pending()['payment'] as object), ...details },
})

describe('a sample event', () => {
  it.each<SampleName>(['payment-creation-pending', 'payment-pending', 'payment-complete'])(
    '%s is the same JSON after JSON, value, Avro, value and JSON',
    (name) => {
      const value = payments.fromJson(normalisePayment(readSample(name)))
      const read = payments.decode(payments.encode(value))
      expect(payments.toJson(read)).toEqual(readSample(name))
      expect(JSON.stringify(payments.toJson(read))).toBe(JSON.stringify(readSample(name)))
    },
  )

  it('payment-version-1 differs by its split, which becomes a list', () => {
    const value = payments.fromJson(normalisePayment(readSample('payment-version-1')))
    expect(value.payment.split).toEqual([])
    expect(value.event_version).toBe('1.0')
  })

  it('application is the same but for the members no payment is made of', () => {
    const {
      user_name: _,
      service: __,
      payment_type: ___,
      app_version: ____,
      ...sample
    } = readSample('application')
    const { config_id: _____, ...data } = sample['payment_data'] as Record<string, unknown>
    const value = applications.fromJson(normaliseApplication(readSample('application')))
    expect(value.payment_data?.amount).toBe(4250)
    const json = applications.toJson(applications.decode(applications.encode(value)))
    expect(json).toEqual({ ...sample, locale: null, payment_data: { ...data, amount: 42.5 } })
  })
})

describe('plain JSON', () => {
  it('holds amounts in euros, as number or text', () => {
    expect(payments.fromJson(withDetails({ amount: '42,50' })).payment.amount).toBe(4250)
    expect(payments.fromJson(withDetails({ amount: 1.005 })).payment.amount).toBe(101)
    const written = payments.toJson(payments.fromJson(withDetails({ amount: 10 })))
    expect(written).toHaveProperty('payment.amount', 10)
  })

  it('holds free-form members as they are, texts that look like JSON included', () => {
    for (const meta of [{ a: [1, null] }, [], 'x', '{"a":1}', 7, null, true]) {
      const split = [{ code: 'c', amount: 1, meta }]
      const value = payments.fromJson(withDetails({ split }))
      expect(value.payment.split[0]?.meta).toBe(JSON.stringify(meta))
      expect(payments.toJson(value)).toHaveProperty('payment.split.0.meta', meta)
    }
  })

  it('lacks the later members of the contract where they are null, and has them else', () => {
    expect(payments.toJson(payments.fromJson(pending()))).not.toHaveProperty('debtor')
    const payer = pending()['payer']
    const value = payments.fromJson({ ...pending(), debtor: payer, locale: 'IT' })
    expect(payments.toJson(value)).toMatchObject({ debtor: payer, locale: 'IT' })
  })

  it('fills in what may be missing', () => {
    const { links: _, ...rest } = pending()
    const value = payments.fromJson({ ...rest, links: {} })
    expect(value.links.receipt).toEqual({ url: null, last_opened_at: null, method: 'GET' })
    expect(value.links.notify).toBeNull()
  })

  it('shares its defaults, so nobody may change them', () => {
    const { links: _, ...rest } = pending()
    const { receipt } = payments.fromJson({ ...rest, links: {} }).links
    expect(() => Object.assign(receipt, { url: 'x' })).toThrow(TypeError)
  })

  it('has notice codes as text: a number has lost digits', () => {
    expect(() => payments.fromJson(withDetails({ notice_code: 301000000012345688 }))).toThrow(
      '/payment/notice_code: is a number, which loses digits; a notice code is text',
    )
  })

  it('keeps numbers with wrong check digits and odd tax codes', () => {
    const odd = payments.fromJson({
      ...withDetails({ notice_code: '302999999999999999' }),
      payer: { ...(pending()['payer'] as object), tax_identification_number: 'FOREIGN-1' },
    })
    expect(odd.payment.notice_code).toBe('302999999999999999')
    expect(odd.payer.tax_identification_number).toBe('FOREIGN-1')
  })

  it('names the place of what is refused', () => {
    expect(() => payments.fromJson(withDetails({ amount: 'many' }))).toThrow(
      '/payment/amount: is not an amount such as 42.50',
    )
    expect(() => payments.fromJson({ ...pending(), payer: {} })).toThrow('/payer/type: is missing')
    expect(() => payments.fromJson([])).toThrow('is a list; an object is expected')
  })
})
