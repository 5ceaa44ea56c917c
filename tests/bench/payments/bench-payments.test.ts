import { describe, expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import type { SchemaName } from '#schemas/generated/types'
import {
  applicationOf,
  currentOf,
  idOf,
  keptOf,
  numberOf,
  openOf,
  paymentOf,
} from '#tests/bench/payments/bench-payments'

const service_id = idOf('service', 3)
const payment = paymentOf(70_000, { service_id })

it('ids tell their number', () => {
  expect(numberOf(idOf('payment', 999_999))).toBe(999_999)
  expect(idOf('payment', 1)).not.toBe(idOf('application', 1))
})

describe('what the bench writes', () => {
  const values: [SchemaName, unknown][] = [
    ['corrente.applications.Application', applicationOf(1, service_id)],
    ['corrente.payments.Payment', payment],
    ['corrente.payments.PaymentCurrent', currentOf(payment)],
    ['corrente.payments.KeptPayment', keptOf(payment)],
    [
      'corrente.payments.OpenPayment',
      openOf(1, { connector: 'iris', next_check_at_ms: 0, update_url: 'http://127.0.0.1:1/' }),
    ],
  ]
  it.each(values)('is a value of %s', (schema, value) => {
    const { type } = codecOf(schema)
    expect(() => void type.fromBuffer(type.toBuffer(value))).not.toThrow()
  })

  it('names a payment and its application alike wherever it stands', () => {
    expect(payment.remote_id).toBe(idOf('application', 70_000))
    expect(currentOf(payment)).toMatchObject({ id: payment.id, remote_id: payment.remote_id })
    expect(applicationOf(70_000, service_id).id).toBe(payment.remote_id)
  })
})
