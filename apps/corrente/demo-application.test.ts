import { describe, expect, it } from 'vitest'
import { demoApplication } from '#apps/corrente/demo-application'

describe('the demo application', () => {
  it('is fictional, new each time, and waits to be paid at the given Core', () => {
    const one = demoApplication('http://127.0.0.1:17012')
    expect(demoApplication('http://127.0.0.1:17012').id).not.toBe(one.id)
    expect(one).toMatchObject({ status: '1500', payment_data: { amount: 4250 } })
    expect(one.payment_data?.notify?.url).toBe(
      `http://127.0.0.1:17012/api/applications/${one.id}/payment`,
    )
  })
})
