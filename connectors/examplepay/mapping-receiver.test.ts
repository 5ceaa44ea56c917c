import { describe, expect, it } from 'vitest'
import { exampleBeneficiary as receiver, examplePayment } from '#sandboxes/example-payment'
import { toNewPendency } from '#connectors/examplepay/mapping'
import type { Receiver } from '#schemas/generated/types'

const service = { due_type: 'CANONE' }

describe('a new pendency whose money is for somebody else', () => {
  it('says for whom, and what is collected', () => {
    const payment = examplePayment({ receiver, pagopa_category: '9/12129/TS' })
    expect(toNewPendency(payment, service)).toMatchObject({
      receiver: { tax_code: '01234567897', name: 'Provincia di Bugliano' },
      category: '9/12129/TS',
    })
  })

  it('never sends it to the account of the body', () => {
    const iban = 'IT60X0542811101000000123456'
    const ofBody = { ...service, iban: 'IT40S0542811101000000123456' }
    const ibanOf = (told: Receiver) =>
      toNewPendency(examplePayment({ receiver: told }), ofBody).iban
    expect(ibanOf({ ...receiver, iban })).toBe(iban)
    expect(ibanOf(receiver)).toBeUndefined()
  })
})
