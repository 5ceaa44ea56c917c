import { describe, expect, it } from 'vitest'
import { retryRequest } from '#apps/platform/operating/retry-payment'
import { newWire } from '#core/wire'

const paymentId = '0b4eb5a8-9a3c-4d8e-9ab5-3f6a0b0e7c11'

describe('asking that a payment is created again', () => {
  it('is a fact of the payment and what is kept of the operation, to be written together', () => {
    const records = retryRequest(newWire({ format: 'json' }), {
      paymentId,
      operator: { name: 'ada', from: 'page' },
      reason: 'the creditor is open again',
    })
    const [fact, kept] = records.map(({ value }) => JSON.parse(String(value)) as object)
    expect(records.map(({ topic, key }) => [topic, key === paymentId])).toEqual([
      ['payment.facts', true],
      ['corrente.operations', false],
    ])
    expect(fact).toMatchObject({ payment_id: paymentId, type: 'RetryRequested' })
    expect(kept).toMatchObject({
      action: 'retry',
      operator: 'ada',
      via: 'page',
      reason: 'the creditor is open again',
      unit: null,
      subjects: [paymentId],
    })
  })
})
