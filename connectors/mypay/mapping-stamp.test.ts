import { describe, expect, it } from 'vitest'
import { stampDueType } from '#connectors/mypay/config'
import { examplePayer, exampleStamp, exampleStampPayment } from '#connectors/mypay/example-payment'
import { toOwedStamp, toStampDues } from '#connectors/mypay/mapping-stamp'
import { RejectedError } from '#core/errors'
import { exampleBeneficiary } from '#sandboxes/example-payment'
import type { Payment } from '#schemas/generated/types'

const service = { due_type: stampDueType }
const duesOf = (payment: Payment, of = service) => toStampDues(toOwedStamp(payment, of))
const refusalOf = (payment: Payment, of?: typeof service): string => {
  try {
    duesOf(payment, of)
  } catch (error) {
    if (error instanceof RejectedError) return error.code
    throw error
  }
  return 'accepted'
}
const withHash = (hash: string) => exampleStampPayment({ document: { id: null, ref: null, hash } })

describe('a digital stamp', () => {
  it('is for one document, in the province of its payer', () => {
    const { datiVersamento, soggettoPagatore } = duesOf(exampleStampPayment())
    expect(datiVersamento).toEqual(exampleStamp.datiVersamento)
    expect(soggettoPagatore.identificativoUnivocoPagatore.tipoIdentificativoUnivoco).toBe('F')
  })

  it('is known by an iud that MyPay takes', () => {
    const iud = `000${'1'.repeat(29)}`
    const [due] = duesOf(exampleStampPayment({ iud })).datiVersamento.datiSingoloVersamento
    expect(due?.identificativoUnivocoDovuto).toBe(`P${iud}`)
  })

  const nowhere = { ...examplePayer, country_subdivision: null }
  it.each([
    ['stamp-amount', exampleStampPayment({ amount: 1_599 })],
    ['stamp-amount', exampleStampPayment({ amount: null })],
    ['stamp-document', exampleStampPayment({ document: null })],
    ['stamp-document', withHash('sha256:0f0f')],
    ['stamp-province', { ...exampleStampPayment(), payer: nowhere }],
    ['stamp-due-type', exampleStampPayment({ due_type: 'CANONE' })],
    ['category-missing', exampleStampPayment({ pagopa_category: null })],
    ['currency-unsupported', exampleStampPayment({ currency: 'CHF' })],
    ['receiver-unsupported', exampleStampPayment({ receiver: exampleBeneficiary })],
    ['split-unsupported', exampleStampPayment({ split: [{ code: 'c', amount: 1, meta: '{}' }] })],
    ['debtor-unsupported', { ...exampleStampPayment(), debtor: examplePayer }],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(payment)).toBe(code)
  })

  it('is sold by no service of another type', () => {
    expect(refusalOf(exampleStampPayment(), { due_type: 'CANONE' })).toBe('stamp-due-type')
  })
})
