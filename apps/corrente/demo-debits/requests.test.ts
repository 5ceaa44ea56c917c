import { describe, expect, it } from 'vitest'
import { type AskingStep, requestOf } from '#apps/corrente/demo-debits/requests'

const asker = { id: 'r', account: 'token', cardNumber: '8888660000000010' }
const card_number = asker.cardNumber
const sum = { amount: '2.50', currency: 'BRL' }
const debit = { id: 'd', account: 'token', type: 'Debit', amount: 5_00 } as const
const hold = { ...debit, id: 'a', type: 'Authorise' } as const

describe('a step is asked for', () => {
  it.each<[AskingStep, typeof debit | typeof hold | undefined, string, object]>([
    [
      { type: 'Debit', amount: 2_50, allowsPartial: true },
      undefined,
      '/v1/debits',
      { ...sum, allows_partial: true },
    ],
    [
      { type: 'Authorise', amount: 2_50, allowsPartial: false },
      undefined,
      '/v1/authorisations',
      { ...sum, allows_partial: false },
    ],
    [{ type: 'Credit', amount: 2_50 }, undefined, '/v1/credits', sum],
    [{ type: 'Refund', amount: 2_50 }, debit, '/v1/refunds', { ...sum, original_id: 'd' }],
    [{ type: 'Increment', amount: 2_50 }, hold, '/v1/authorisations/a/increment', sum],
    [
      { type: 'Post', amount: 2_50, isFinal: false },
      hold,
      '/v1/authorisations/a/post',
      { ...sum, is_final: false },
    ],
    [{ type: 'Void' }, hold, '/v1/authorisations/a/void', {}],
    [{ type: 'Reverse', amount: 2_50 }, debit, '/v1/debits/d/reverse', sum],
    [{ type: 'Reverse', amount: null }, hold, '/v1/authorisations/a/reverse', {}],
  ])('%o', (step, first, path, members) => {
    const { sending, asked } = requestOf(step, { ...asker, first })
    const body = { card_number, ...members }
    expect(sending).toEqual({ method: 'POST', path, id: 'r', body })
    const amount = 'amount' in step ? step.amount : null
    expect(asked).toEqual({ ...step, amount, id: 'r', account: 'token', about: first?.id ?? '' })
  })
})
