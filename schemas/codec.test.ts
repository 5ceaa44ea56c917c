import { describe, expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import type { Payment, PaymentFact } from '#schemas/generated/types'
import { readSample } from '#schemas/samples/sample'
import { InvalidValueError } from '#schemas/values/invalid-value'

const payments = codecOf('corrente.payments.Payment')
const facts = codecOf('corrente.payments.PaymentFact')
const payment: Payment = payments.fromJson(readSample('payment-pending'))
const envelope = {
  event_id: '19c0d8b1-0b35-4d63-9a53-4a8f2c0e7a01',
  event_version: '1.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'test:1.0.0',
}
const occurred = { payment_id: payment.id, occurred_at: '2025-03-10T09:15:02+01:00', ...envelope }
const settled: PaymentFact = {
  ...occurred,
  type: 'Settled',
  settled: { transaction_id: null, paid_at: '2025-03-10T10:01:58+01:00', amount: 4250 },
}

const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidValueError)
    return (error as Error).message
  }
  throw new Error('nothing was refused')
}
const withDetails = (details: object) => ({
  ...payment,
  payment: { ...payment.payment, ...details },
})

describe('a value', () => {
  it('has cents and JSON text in code, and comes back from Avro as it was', () => {
    expect(payment.payment.amount).toBe(4250)
    expect(payment.payment.split[1]).toEqual({ code: 'c_2', amount: 250, meta: '{}' })
    expect(payments.decode(payments.encode(payment))).toStrictEqual(payment)
  })

  it('is read from where it begins', () => {
    const bytes = Buffer.concat([Buffer.alloc(5), payments.encode(payment)])
    expect(payments.decode(bytes, 5)).toEqual(payment)
  })

  it('keeps its bytes when the next is encoded', () => {
    const bytes = payments.encode(payment)
    payments.encode({ ...payment, id: '00000000-0000-4000-8000-000000000000' })
    expect(payments.decode(bytes)).toEqual(payment)
  })

  it('larger than the scratch space is written whole', () => {
    const reason = 'è'.repeat(300_000)
    expect(payments.decode(payments.encode({ ...payment, reason })).reason).toBe(reason)
  })

  it('is written behind the bytes before it, at any size', () => {
    const before = Buffer.from([0, 0, 0, 0, 7])
    for (const value of [payment, { ...payment, reason: 'è'.repeat(900_000) }]) {
      const bytes = payments.encode(value, before)
      expect(bytes.subarray(0, 5)).toEqual(before)
      // A comparison member by member of two million bytes takes half a minute on a busy machine.
      expect(bytes.subarray(5).equals(payments.encode(value))).toBe(true)
    }
  })

  it('does not keep members its schema does not know', () => {
    const noisy = { ...payment, source_type: 'http_server' } as Payment
    expect(payments.decode(payments.encode(noisy))).not.toHaveProperty('source_type')
    expect(payments.toJson(noisy)).not.toHaveProperty('source_type')
  })

  it('gets the defaults of what is missing', () => {
    const { locale: _, debtor: __, ...rest } = payment
    expect(payments.decode(payments.encode(rest as Payment))).toEqual(payment)
  })

  it('is written in the one spelling of its value types', () => {
    const loose = {
      ...payment,
      id: payment.id.toUpperCase(),
      updated_at: '2025-03-10T09:15:02.5+0100',
    }
    const read = payments.decode(payments.encode(loose))
    expect(read.id).toBe(payment.id)
    expect(read.updated_at).toBe('2025-03-10T09:15:02+01:00')
    const meta = '{ "a": 1.0 }'
    const split = [{ code: 'c', amount: null, meta }]
    expect(payments.decode(payments.encode(withDetails({ split }))).payment.split[0]?.meta).toBe(
      '{"a":1}',
    )
  })
})

describe('T10: a time of a value', () => {
  it.each([
    ['2025-01-15T12:00:00Z', '2025-01-15T13:00:00+01:00'],
    ['2025-07-15T12:00:00Z', '2025-07-15T14:00:00+02:00'],
    ['2025-07-15T12:00:00+00:00', '2025-07-15T14:00:00+02:00'],
    ['2025-01-15T13:00:00.123+01:00', '2025-01-15T13:00:00+01:00'],
  ])('%s is written as %s, in Avro and in JSON', (expire_at, written) => {
    const value = withDetails({ expire_at })
    expect(payments.decode(payments.encode(value)).payment.expire_at).toBe(written)
    expect(payments.toJson(value)).toHaveProperty('payment.expire_at', written)
  })

  it('is read with the offset it came with', () => {
    const json = { ...readSample('payment-pending'), updated_at: '2025-07-15T12:00:00.5+00:00' }
    expect(payments.fromJson(json).updated_at).toBe('2025-07-15T12:00:00+00:00')
  })
})

describe('what is refused names its place', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['/payment/amount: is not a whole number of cents', withDetails({ amount: 42.5 })],
    ['/payment/amount: is a string; cents are a number', withDetails({ amount: '42' })],
    ['/payment/paid_at: is not a date and time with an offset', withDetails({ paid_at: 'today' })],
    ['/payment/notice_code: is not 18 digits', withDetails({ notice_code: '123' })],
    ['/payment/iud: is not 1 to 35 characters without a space', withDetails({ iud: 'my own' })],
    ['/payment/split/0/code: is missing', withDetails({ split: [{}] })],
    ['/payment/split: is an object; a list is expected', withDetails({ split: {} })],
    ['/payment/split: is null; a list is expected', withDetails({ split: null })],
    ['/payment: is null; an object is expected', { ...payment, payment: null }],
    ['/status: is not one of CREATION_PENDING', { ...payment, status: 'PAID' }],
    ['/status: is missing', { ...payment, status: undefined }],
    ['/type: is a number; text is expected', { ...payment, type: 1 }],
    ['/id: is not a UUID', { ...payment, id: 'p1' }],
    ['is null; an object is expected', null],
  ]
  it.each(cases)('%s', (message, value) => {
    expect(refusal(() => payments.encode(value as Payment))).toContain(message)
    expect(refusal(() => payments.toJson(value as Payment))).toContain(message)
  })

  it('and never the value', () => {
    expect(refusal(() => payments.encode({ ...payment, id: 'Luca Prova' }))).not.toContain('Luca')
  })

  it('numbers that Avro cannot hold', () => {
    const openings = codecOf('corrente.engine.UnitStart')
    const start = {
      unit: 'u',
      input: 'i',
      partitions: 2 ** 31,
      from: 'earliest',
      noted_at: '2025-01-01T00:00:00Z',
    }
    expect(refusal(() => openings.encode(start))).toContain('/partitions: is a number; a whole')
  })
})

describe('a fact', () => {
  it('carries the block of its type and no other', () => {
    const read = facts.decode(facts.encode(settled))
    expect(read).toStrictEqual(settled)
    expect(Object.keys(read)).not.toContain('opened')
    expect(facts.toJson(settled)).not.toHaveProperty('opened')
    expect(facts.fromJson(facts.toJson(settled))).toStrictEqual(settled)
  })

  it('may carry none', () => {
    const opened: PaymentFact = { ...occurred, type: 'OnlineOpened' }
    expect(facts.decode(facts.encode(opened))).toStrictEqual(opened)
  })

  it('may carry a payment whole', () => {
    const received: PaymentFact = {
      ...occurred,
      type: 'Received',
      received: {
        payment,
        connector: 'examplepay',
        tenant_configuration_version: 1,
        service_configuration_version: 2,
      },
    }
    expect(facts.decode(facts.encode(received))).toStrictEqual(received)
  })

  it('is refused without its block, or with another', () => {
    const bare = { ...occurred, type: 'Opened' } as unknown as PaymentFact
    expect(refusal(() => facts.encode(bare))).toBe('/opened: is missing')
    const double = { ...settled, cancelled: { reason: 'x' } } as PaymentFact
    expect(refusal(() => facts.encode(double))).toBe(
      '/cancelled: belongs to Cancelled, not to Settled',
    )
    expect(facts.encode({ ...settled, cancelled: null } as unknown as PaymentFact)).toEqual(
      facts.encode(settled),
    )
    const wrong = { ...settled, settled: { paid_at: 'x' } } as unknown as PaymentFact
    expect(refusal(() => facts.encode(wrong))).toContain('/settled/paid_at: is not a date')
  })
})
