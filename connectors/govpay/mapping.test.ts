import { describe, expect, it } from 'vitest'
import { examplePayer } from '#connectors/govpay/example-owed'
import { examplePayment, iudFor } from '#sandboxes/example-payment'
import { toDebtPosition, toFoundPosition, toNuovaPendenza } from '#connectors/govpay/mapping'
import { TransientError } from '#core/errors'
import type { GovpayService } from '#connectors/govpay/config'
import type { Pendenza } from '#connectors/govpay/words'
import type { Payer, Payment } from '#schemas/generated/types'

const domain = { domain_id: '01234567890' }
const service: GovpayService = { due_type: 'CANONE', revenue_code: 'C1', split_as: 'quotas' }
const pendenzaOf = (payment: Payment) => toNuovaPendenza(payment, domain, service)
const refusalOf = (payment: Payment) => {
  try {
    return pendenzaOf(payment)
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('a new pendenza', () => {
  it('is the same text for the same payment, members in order', () => {
    const payment = examplePayment({ expire_at: '2025-06-08T23:30:00Z' })
    expect(JSON.stringify(pendenzaOf({ ...payment, payer: examplePayer }))).toBe(
      `{"idPendenza":"${iudFor(4250)}","idTipoPendenza":"CANONE","idDominio":"01234567890",` +
        '"causale":"Canone unico 2025","soggettoPagatore":{"tipo":"F",' +
        '"identificativo":"PRVLCU85M15X000R","anagrafica":"Luca Prova",' +
        '"indirizzo":"Via delle Prove","civico":"12","cap":"00000","localita":"Bugliano",' +
        '"provincia":"PI","nazione":"IT","email":"luca.prova@example.org"},"importo":"42.50",' +
        `"dataScadenza":"2025-06-09","annoRiferimento":2025,"voci":[{"idVocePendenza":` +
        `"${iudFor(4250)}_1","importo":"42.50","descrizione":"Canone unico 2025",` +
        '"codEntrata":"C1"}]}',
    )
  })

  it.each([
    [5, '0.05'],
    [10, '0.10'],
    [30000, '300.00'],
    [123456, '1234.56'],
  ])('writes %s cents as %s', (amount, text) => {
    const { importo, voci } = pendenzaOf(examplePayment({ amount }))
    expect([importo, voci[0]?.importo]).toEqual([text, text])
  })

  it('prefers the due type of the payment, and names the office where there is one', () => {
    const payment = examplePayment({ due_type: 'TARI' })
    const pendenza = toNuovaPendenza(payment, domain, { ...service, unit_id: 'TRIBUTI' })
    expect(pendenza).toMatchObject({ idTipoPendenza: 'TARI', idUnitaOperativa: 'TRIBUTI' })
  })

  it.each([[' \n'], ['\u0007'], [null]])('passes over a blank reason: %j', (reason) => {
    expect(pendenzaOf({ ...examplePayment(), reason }).causale).toBe(`Pagamento ${iudFor(4250)}`)
  })

  it('has no deadline where the payment has none', () => {
    const pendenza = pendenzaOf(examplePayment({ expire_at: null }))
    expect(pendenza.dataScadenza).toBeUndefined()
  })

  it('is owed by the debtor, whoever pays', () => {
    const debtor: Payer = { ...examplePayer, type: 'legal', name: 'Prove srl', family_name: null }
    expect(pendenzaOf({ ...examplePayment(), debtor }).soggettoPagatore).toMatchObject({
      tipo: 'G',
      anagrafica: 'Prove srl',
    })
  })

  it('leaves out of an address what is empty, and what GovPay would refuse it for', () => {
    const nothing = { street_name: '', building_number: ' ', postal_code: null, town_name: null }
    const wrong = { country: 'Italia', country_subdivision: null, email: 'luca@localhost' }
    const payer = { ...examplePayer, ...nothing, ...wrong }
    const { soggettoPagatore } = pendenzaOf({ ...examplePayment(), payer })
    expect(JSON.parse(JSON.stringify(soggettoPagatore))).toEqual({
      tipo: 'F',
      identificativo: 'PRVLCU85M15X000R',
      anagrafica: 'Luca Prova',
    })
  })

  it.each([
    ['amount-missing', examplePayment({ amount: null })],
    ['amount-missing', examplePayment({ amount: 0 })],
    ['type-unsupported', examplePayment({ type: 'LOTTERY' })],
    ['document-unsupported', examplePayment({ document: { id: null, ref: null, hash: 'x' } })],
    ['currency-unsupported', examplePayment({ currency: 'CHF' })],
    ['not-expressible', examplePayment({ iud: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11' })],
    ['not-expressible', examplePayment({ iud: iudFor(4250).toUpperCase() })],
    ['not-expressible', examplePayment({ due_type: 'a type' })],
    ['not-expressible', examplePayment({ amount: 999_999_999_999_999 })],
  ])('is refused as %s', (code, payment) => {
    expect(refusalOf(payment)).toBe(code)
  })

  it('names the member that cannot be expressed, never its value', () => {
    const payer = { ...examplePayer, tax_identification_number: 'PRVLCU85M15X000R-LONG' }
    const composing = () => pendenzaOf({ ...examplePayment(), payer })
    expect(composing).toThrow(/^soggettoPagatore\.identificativo: (?!.*PRVLCU)/)
  })
})

describe('a debt position', () => {
  const asked = pendenzaOf(examplePayment())
  const { domain_id: idDominio } = domain
  const created = (changes: object) => toDebtPosition({ idDominio, ...changes }, asked)

  it('keeps the number as it was given, whatever its check digits', () => {
    expect(created({ numeroAvviso: '301000000202012345' })).toEqual({
      notice_code: '301000000202012345',
      iuv: '01000000202012345',
    })
  })

  it.each([
    ['301000000012345688', '01000000012345688'],
    ['001000000012345685', '000000012345685'],
    ['901000000012345688', null],
  ])('finds the IUV within the notice number %s', (numeroAvviso, iuv) => {
    expect(created({ numeroAvviso }).iuv).toBe(iuv)
  })

  it.each([
    ['has no number to pay by', {}],
    ['is of another body', { numeroAvviso: '301000000012345688', idDominio: '99999999990' }],
  ])('is unknown where the answer %s', (_what, changes) => {
    expect(() => created(changes)).toThrow(TransientError)
  })
})

describe('a debt position that an earlier try opened', () => {
  const told = {
    dominio: { idDominio: '01234567890' },
    stato: 'NON_ESEGUITA',
    importo: 4250,
    numeroAvviso: '301000000012345688',
    iuvAvviso: '01000000012345688',
  }
  const found = (changes: object) =>
    toFoundPosition({ ...told, ...changes } as Pendenza, pendenzaOf(examplePayment()))

  it.each(['NON_ESEGUITA', 'ESEGUITA', 'SCADUTA', 'ANOMALA', 'SOMETHING_NEW'])(
    'is open where it is %s',
    (stato) => {
      const { numeroAvviso: notice_code, iuvAvviso: iuv } = told
      expect(found({ stato })).toEqual({ notice_code, iuv })
    },
  )

  it('is none where it was cancelled', () => {
    const rejected = expect.objectContaining({ code: 'debt-cancelled' }) as Error
    expect(() => found({ stato: 'ANNULLATA' })).toThrow(rejected)
  })

  it.each([
    ['another amount', { importo: 4251 }],
    ['another amount and cancelled', { importo: 4251, stato: 'ANNULLATA' }],
    ['another body', { dominio: { idDominio: '99999999990' } }],
    ['no number to pay by', { numeroAvviso: null, iuvAvviso: null }],
  ])('is unknown with %s', (_what, changes) => {
    expect(() => found(changes)).toThrow(TransientError)
  })
})
