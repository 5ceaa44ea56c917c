import { describe, expect, it } from 'vitest'
import { retryAnswerIn, whyNotRetried } from '#apps/platform/operating/retry-answer'
import { factOf, samplePayment } from '#streams/payments/samples'

const { id } = samplePayment()
const retry_payment_id = 'c0ffee00-1111-4222-8333-444455556666'
const retried = { fact: factOf({ type: 'Retried', retried: { retry_payment_id } }) }
const message = 'its application was told'
const refused = {
  fact: factOf({ type: 'RetryRefused', retry_refused: { code: 'application-told', message } }),
}
const asked = { fact: factOf({ type: 'RetryRequested' }) }

describe('the answer to a retry', () => {
  it('is none until there is one', () => {
    expect(retryAnswerIn([{ fact: undefined }, asked], id)).toBeUndefined()
    expect(retryAnswerIn([retried, refused], retry_payment_id)).toBeUndefined()
  })

  it('names the payment that took the place, or says why none did', () => {
    expect(retryAnswerIn([asked, retried], id)).toEqual({ retriedAs: retry_payment_id })
    expect(retryAnswerIn([asked, refused], id)).toEqual({ refused: message })
    expect(retryAnswerIn([asked, retried, asked, refused], id)).toEqual({
      retriedAs: retry_payment_id,
    })
  })
})

describe('a payment that is not tried again', () => {
  const failed = { payment: samplePayment({ status: 'CREATION_FAILED' }) }
  const created = { payment: samplePayment() }

  it('is one in another state, by its last version', () => {
    expect(whyNotRetried([created, failed], id)).toBeUndefined()
    expect(whyNotRetried([created], id)).toBe(
      'the payment is CREATION_PENDING; only a failed creation is tried again',
    )
  })

  it('is one that is not there', () => {
    const sentence = `no event of ${retry_payment_id} was found: say the id of a payment`
    expect(whyNotRetried([failed], retry_payment_id)).toBe(sentence)
  })
})
