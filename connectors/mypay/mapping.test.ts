import { describe, expect, it } from 'vitest'
import { examplePayment } from '#connectors/mypay/example-payment'
import { iudFor } from '#sandboxes/example-payment'
import { toDebtPosition, toFoundPosition, toVersamento } from '#connectors/mypay/mapping'
import { iuvFor } from '#schemas/values/iud-numbers'
import { RejectedError, TransientError } from '#core/errors'
import type { Answer } from '#connectors/mypay/answers'
import type { PaidDues } from '#connectors/mypay/client'
import type { Payment } from '#schemas/generated/types'

const service = { due_type: 'CANONE_UNICO' }
const tenant = { segregation_code: '99' }
const dueOf = (payment: Payment) => toVersamento(payment, service, tenant).datiVersamento
const refusalOf = (payment: Payment) => {
  try {
    return dueOf(payment)
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const share = (code: string, amount: number | null, meta = '{}') => ({ code, amount, meta })

describe('a new due', () => {
  it('is the same text for the same payment, members in the order of the schema', () => {
    const iud = iudFor(4250)
    expect(JSON.stringify(dueOf(examplePayment()))).toBe(
      `{"dataEsecuzionePagamento":"2025-06-09","tipoVersamento":"ALL",` +
        `"identificativoUnivocoVersamento":"${iuvFor(iud, '99')}",` +
        `"identificativoUnivocoDovuto":"${iud}","importoSingoloVersamento":"42.50",` +
        '"identificativoTipoDovuto":"CANONE_UNICO","causaleVersamento":"Canone unico 2025",' +
        '"datiSpecificiRiscossione":"9/0101002IM/"}',
    )
  })

  it.each([
    ['the day in Rome', '2025-06-08T23:30:00Z', '2025-06-09'],
    ['the day in Rome, of an early morning elsewhere', '2025-06-09T01:30:00+09:00', '2025-06-08'],
    ['no day', null, undefined],
  ])('is to be paid by %s', (_what, expire_at, day) => {
    expect(dueOf(examplePayment({ expire_at })).dataEsecuzionePagamento).toBe(day)
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30000, '300.00'],
    [123456, '1234.56'],
    [99_999_999_999, '999999999.99'],
  ])('writes %s cents as %s', (amount, text) => {
    expect(dueOf(examplePayment({ amount })).importoSingoloVersamento).toBe(text)
  })

  it('prefers the due type of the payment', () => {
    expect(dueOf(examplePayment({ due_type: 'TARI' })).identificativoTipoDovuto).toBe('TARI')
  })

  it.each(['9/12129/TS', '9/0101002IM/'])(
    'takes the taxonomy in both its shapes: %s',
    (category) => {
      const payment = examplePayment({ pagopa_category: category })
      expect(dueOf(payment).datiSpecificiRiscossione).toBe(category)
    },
  )

  it('has a letter before an iud that MyPay would refuse', () => {
    const iud = `000${iudFor(1).slice(3)}`
    expect(dueOf(examplePayment({ iud })).identificativoUnivocoDovuto).toBe(`P${iud}`)
  })

  it('passes over a blank reason', () => {
    const payment = { ...examplePayment(), reason: ' \n' }
    expect(dueOf(payment).causaleVersamento).toBe(`Pagamento ${iudFor(4250)}`)
  })

  it('says which chapters the shares are for', () => {
    const configured =
      '{"split_budget_chapter":"3100","split_office_code":"12","split_assessment":"7/2025"}'
    const former = '{"codUfficio":"13","codAccertamento":"8/2025"}'
    const split = [share('c_1', 4000, configured), share('c_2', null, former)]
    expect(dueOf(examplePayment({ split })).bilancio).toEqual({
      capitolo: [
        {
          codCapitolo: '3100',
          codUfficio: '12',
          accertamento: [{ codAccertamento: '7/2025', importo: '40.00' }],
        },
        {
          codCapitolo: 'c_2',
          codUfficio: '13',
          accertamento: [{ codAccertamento: '8/2025', importo: '2.50' }],
        },
      ],
    })
  })

  it('reads shares that add up to 1.00 as weights, and loses no cent', () => {
    const split = [share('c_1', 33), share('c_2', 33), share('c_3', 34)]
    const { bilancio } = dueOf(examplePayment({ amount: 1001, split }))
    const amounts = bilancio?.capitolo.map(({ accertamento }) => accertamento[0]?.importo)
    expect(amounts).toEqual(['3.30', '3.30', '3.41'])
  })

  it.each([
    ['amount-missing', examplePayment({ amount: null })],
    ['amount-missing', examplePayment({ amount: 0 })],
    ['category-missing', examplePayment({ pagopa_category: null })],
    ['type-unsupported', examplePayment({ type: 'LOTTERY' })],
    ['document-unsupported', examplePayment({ document: { id: null, ref: null, hash: 'x' } })],
    ['currency-unsupported', examplePayment({ currency: 'CHF' })],
    ['debtor-unsupported', { ...examplePayment(), debtor: examplePayment().payer }],
    ['split-does-not-add-up', examplePayment({ split: [share('c_1', 4000)] })],
    ['split-does-not-add-up', examplePayment({ split: [share('c_1', null), share('c_2', null)] })],
    ['not-expressible', examplePayment({ split: [share('c_1', 4250, '{"codUfficio":12}')] })],
    ['not-expressible', examplePayment({ iud: '../5f0c' })],
    ['not-expressible', examplePayment({ iud: iudFor(4250).toUpperCase() })],
    ['not-expressible', examplePayment({ amount: 100_000_000_000 })],
    ['not-expressible', examplePayment({ pagopa_category: '7/0101002IM/' })],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(payment)).toBe(code)
  })

  it('never pays the body what is for somebody else', () => {
    const nothing = { iban: null, address: null, building_number: null, postal_code: null }
    const nowhere = { town_name: null, country_subdivision: null, country: null }
    const named = { tax_identification_number: '01234567897', name: 'Provincia di Bugliano' }
    const receiver = { ...named, ...nothing, ...nowhere }
    expect(refusalOf(examplePayment({ receiver }))).toBe('receiver-unsupported')
  })

  it('names the member that cannot be expressed, never its value', () => {
    const payment = examplePayment()
    const nameless = { ...payment, payer: { ...payment.payer, name: '', family_name: null } }
    expect(() => dueOf(nameless)).toThrow(/^soggettoPagatore\.anagraficaPagatore: (?!.*PRVLCU)/)
  })
})

describe('a debt position', () => {
  const due = toVersamento(examplePayment(), service, tenant)
  const iuv = iuvFor(iudFor(4250), '99')

  it('has the numbers that were sent', () => {
    const position = { notice_code: `3${iuv}`, iuv }
    expect(toDebtPosition(due)).toEqual(position)
    expect(toDebtPosition(due, { identificativoUnivocoVersamento: iuv })).toEqual(position)
    expect(toDebtPosition(due, { identificativoUnivocoVersamento: null })).toEqual(position)
  })

  it('is unknown where MyPay tells another number than was sent', () => {
    const told = { identificativoUnivocoVersamento: '01000000012345688' }
    expect(() => toDebtPosition(due, told)).toThrow(TransientError)
  })

  it.each(['PAA_PAGAMENTO_NON_INIZIATO', 'PAA_PAGAMENTO_IN_CORSO', 'PAA_PAGAMENTO_SCADUTO'])(
    'is there where the question for it is answered %s',
    (faultCode) => {
      expect(toFoundPosition({ faultCode }, due)).toEqual(toDebtPosition(due))
    },
  )

  it('is there where something was paid for it', () => {
    const answer = { faultCode: null, told: {} } as Answer<PaidDues>
    expect(toFoundPosition(answer, due)).toEqual(toDebtPosition(due))
  })

  it('is surely none where MyPay knows no such due', () => {
    expect(toFoundPosition({ faultCode: 'PAA_IUD_NON_VALIDO' }, due)).toBeUndefined()
  })

  it('is none where it was withdrawn', () => {
    const finding = () => toFoundPosition({ faultCode: 'PAA_PAGAMENTO_ANNULLATO' }, due)
    expect(finding).toThrow(RejectedError)
    expect(finding).toThrow(expect.objectContaining({ code: 'debt-cancelled' }) as Error)
  })

  it.each(['PAA_SYSTEM_ERROR', 'PAA_ENTE_NON_VALIDO', 'PAA_XML_NON_VALIDO', 'PAA_BOH'])(
    'is unknown where the answer is %s',
    (faultCode) => {
      expect(() => toFoundPosition({ faultCode }, due)).toThrow(TransientError)
    },
  )
})
