import { describe, expect, it } from 'vitest'
import { executedIn, readReceipt, receiptIdOf } from '#connectors/govpay/receipts'

const domain = '01234567890'
const present = {
  receiptId: 'c110729d258c4ab1b765fe902aae41d6',
  noticeNumber: '301000000012345688',
  fiscalCode: domain,
  outcome: 'OK',
  creditorReferenceId: '01000000012345688',
  paymentAmount: '42.50',
  paymentDateTime: '2025-03-11T10:00:00',
}
const former = {
  dominio: { identificativoDominio: domain },
  dataOraMessaggioRicevuta: '2025-03-11T10:00:00',
  datiPagamento: {
    codiceEsitoPagamento: '0',
    importoTotalePagato: '42.50',
    identificativoUnivocoVersamento: '01000000012345688',
    CodiceContestoPagamento: '281120181253443049',
    datiSingoloPagamento: [
      { dataEsitoSingoloPagamento: '2025-03-11', identificativoUnivocoRiscossione: 'IUR-1' },
    ],
  },
}
const paid = (changes: object) => ({ ...former.datiPagamento, ...changes })

describe('a receipt', () => {
  it('of the present model', () => {
    expect(readReceipt(present)).toEqual({
      outcome: 'executed',
      id: present.receiptId,
      iuv: '01000000012345688',
      ccp: present.receiptId,
      creditor: domain,
      amount: 4250,
      paid_at: '2025-03-11T10:00:00+01:00',
    })
  })

  it('of the model before', () => {
    expect(readReceipt(former)).toEqual({
      outcome: 'executed',
      id: '281120181253443049',
      iuv: '01000000012345688',
      ccp: '281120181253443049',
      creditor: domain,
      amount: 4250,
      paid_at: '2025-03-11T10:00:00+01:00',
    })
  })

  it('whose message was sent on another day says the day of the payment', () => {
    const late = { ...former, dataOraMessaggioRicevuta: '2025-03-12T08:00:00' }
    expect(readReceipt(late)).toMatchObject({ paid_at: '2025-03-11T00:00:00+01:00' })
  })

  it('without a context is known by what the PSP called it', () => {
    const told = { ...former, datiPagamento: paid({ CodiceContestoPagamento: 'n/a' }) }
    expect(readReceipt(told)).toMatchObject({ id: 'IUR-1', ccp: 'n/a' })
    expect(receiptIdOf('N/A', null, '')).toBeNull()
  })

  it.each([
    ['KO', 'not-executed'],
    ['ok', 'unknown'],
    ['MAYBE', 'unknown'],
  ])('that says %s is %s', (outcome, read) => {
    expect(readReceipt({ ...present, outcome })?.outcome).toBe(read)
  })

  it.each([
    ['0', 'executed'],
    ['1', 'not-executed'],
    ['2', 'unknown'],
    ['3', 'not-executed'],
    ['4', 'unknown'],
    ['9', 'unknown'],
  ])('with the code %s is %s', (codiceEsitoPagamento, read) => {
    const told = { ...former, datiPagamento: paid({ codiceEsitoPagamento }) }
    expect(readReceipt(told)?.outcome).toBe(read)
  })

  it.each([
    [undefined],
    [null],
    ['<xml/>'],
    [{}],
    [{ ...present, paymentAmount: 'x' }],
    [{ ...present, creditorReferenceId: 1 }],
  ])('is not %j', (rt) => {
    expect(readReceipt(rt)).toBeUndefined()
  })
})

describe('the receipt among attempts to pay', () => {
  const at = (paymentDateTime: string, receiptId: string) => ({
    rt: { ...present, paymentDateTime, receiptId },
  })

  it('is the first that was executed', () => {
    const attempts = [
      { rt: { ...present, outcome: 'KO' } },
      {},
      at('2025-03-11T10:00:01', 'second'),
      at('2025-03-11T10:00:00', 'first'),
    ]
    expect(executedIn(attempts, domain)?.id).toBe('first')
  })

  it('is none where none was executed, or none says when', () => {
    expect(executedIn([], domain)).toBeUndefined()
    expect(executedIn([{ rt: { ...present, outcome: 'KO' } }], domain)).toBeUndefined()
    expect(executedIn([{ rt: { ...present, paymentDateTime: null } }], domain)).toBeUndefined()
  })

  it('is not believed where it is of another body', () => {
    const attempts = [{ rt: { ...present, fiscalCode: '99999999990' } }]
    const rejected = expect.objectContaining({ code: 'other-creditor' }) as Error
    expect(() => executedIn(attempts, domain)).toThrow(rejected)
  })
})
