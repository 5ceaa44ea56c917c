import { describe, expect, it } from 'vitest'
import { paymentIdsIn } from '#apps/payment-proxy/payment-ids'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'
const id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11'

describe('paymentIdsIn', () => {
  it.each([
    `{"code":"${iud}"}`,
    `<iud>${iud.toUpperCase()}</iud>`,
    `iud=${iud}&state=PAID`,
    `{"code":"${iud}","again":"${iud}"}`,
  ])('finds the payment of %s', (body) => {
    expect(paymentIdsIn(body)).toEqual([id])
  })

  it('takes no part of a longer word for one', () => {
    expect(paymentIdsIn(`{"digest":"${iud}${iud}"}`)).toEqual([])
  })

  it('looks for eight at most', () => {
    const many = Array.from({ length: 20 }, (_, n) => String(n).padStart(32, '0'))
    expect(paymentIdsIn(many.join(','))).toHaveLength(8)
  })
})
