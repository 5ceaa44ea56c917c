import { describe, expect, it } from 'vitest'
import type { Block } from '#ports/rendering'
import { type NoticedPayment, noticeOf } from '#streams/payments/payment-notice'
import { samplePayment } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

const creditor = { name: 'Comune di Bugliano', tax_code: '01234567897' }
const payment = (changes: Partial<NoticedPayment> = {}): NoticedPayment => ({
  ...toCurrent(samplePayment()),
  status: 'PAYMENT_PENDING',
  reason: 'Canone unico 2025',
  payment_notice_code: '301000000012345688',
  ...changes,
})

const blocksOf = (changes: Partial<NoticedPayment> = {}): readonly Block[] =>
  noticeOf(payment(changes), creditor).blocks

/** What stands beside a label, wherever it is. */
const valuesOf = (label: string, changes: Partial<NoticedPayment> = {}): readonly string[] =>
  blocksOf(changes)
    .flatMap((block) => ('fields' in block ? block.fields : []))
    .flatMap((field) => (field.label === label ? [field.value] : []))

describe('the notice of a payment', () => {
  it('says who is owed, who owes, what for, how much, until when, and by which number', () => {
    expect(noticeOf(payment(), creditor)).toEqual({
      title: 'Avviso di pagamento',
      language: 'it',
      dated_at: '2025-03-10T09:15:02+01:00',
      unknownCharacters: 'show',
      blocks: [
        { kind: 'title', text: 'Avviso di pagamento' },
        { kind: 'heading', text: 'Ente creditore' },
        {
          kind: 'fields',
          fields: [
            { label: 'Denominazione', value: 'Comune di Bugliano' },
            { label: 'Codice fiscale', value: '01234567897' },
          ],
        },
        { kind: 'heading', text: 'Destinatario' },
        {
          kind: 'fields',
          fields: [
            { label: 'Nominativo', value: 'Luca Prova' },
            { label: 'Codice fiscale', value: 'PRVLCU85M15X000R' },
            { label: 'Indirizzo', value: 'Via delle Prove 12, 00000 Bugliano (PI)' },
          ],
        },
        { kind: 'heading', text: 'Dettaglio del pagamento' },
        {
          kind: 'fields',
          fields: [
            { label: 'Oggetto', value: 'Canone unico 2025' },
            { label: 'Importo', value: '42,50 €', isStrong: true },
            { label: 'Da pagare entro', value: '08/06/2025, ore 09:15', isStrong: true },
          ],
        },
        { kind: 'heading', text: 'Come pagare' },
        {
          kind: 'fields',
          fields: ['Online', 'Di persona'].map((label) => ({
            label,
            value: expect.stringContaining('codice QR') as unknown,
          })),
        },
        {
          kind: 'qr',
          text: 'PAGOPA|002|301000000012345688|01234567897|4250',
          caption: 'Codice QR per il pagamento',
          fields: [
            { label: 'Codice avviso', value: '3010 0000 0012 3456 88', isStrong: true },
            { label: 'Codice fiscale ente creditore', value: '01234567897', isStrong: true },
            { label: 'Importo', value: '42,50 €', isStrong: true },
            { label: 'Da pagare entro', value: '08/06/2025, ore 09:15', isStrong: true },
          ],
        },
      ],
    })
  })

  it.each([
    [1, '0,01 €'],
    [100, '1,00 €'],
    [99_999, '999,99 €'],
    [123_456, '1.234,56 €'],
    [123_456_789, '1.234.567,89 €'],
    [9_999_999_999, '99.999.999,99 €'],
  ])('writes %i cents as %s', (payment_amount, text) => {
    expect(valuesOf('Importo', { payment_amount })).toEqual([text, text])
  })

  it.each([
    ['2025-06-08T23:59:59+02:00', '08/06/2025'],
    ['2025-06-08T21:59:59Z', '08/06/2025'],
    ['2025-06-08T23:59:59Z', '09/06/2025, ore 01:59'],
    ['2025-12-31T23:00:00Z', '01/01/2026, ore 00:00'],
    ['2025-06-08T12:00:00+02:00', '08/06/2025, ore 12:00'],
    [null, 'nessuna scadenza'],
  ])('writes the deadline %s as the clock of Rome: %s', (payment_expire_at, text) => {
    expect(valuesOf('Da pagare entro', { payment_expire_at })).toEqual([text, text])
  })

  it('is as the intermediary numbered it, whatever the check digits', () => {
    const payment_notice_code = '302999999999999999'
    expect(valuesOf('Codice avviso', { payment_notice_code })).toEqual(['3029 9999 9999 9999 99'])
  })

  it('leaves out what is not known of the payer', () => {
    const unknown = { reason: ' ', payer_family_name: null, payer_street_name: null }
    const nowhere = { building_number: null, postal_code: '', town_name: null }
    expect(valuesOf('Nominativo', unknown)).toEqual(['Luca'])
    expect(valuesOf('Oggetto', unknown)).toEqual([])
    expect(valuesOf('Indirizzo', { ...unknown, building_number: null })).toEqual([
      '00000 Bugliano (PI)',
    ])
    expect(valuesOf('Indirizzo', { ...unknown, ...nowhere })).toEqual([])
  })
})

describe('a notice that is not to be paid any more', () => {
  it.each([
    ['COMPLETE', 'già pagato'],
    ['CANCELED', 'annullato'],
    ['EXPIRED', 'non è più valido'],
    ['PAYMENT_CONFIRMED', 'non è più da pagare'],
    ['a state nobody knows', 'non è più da pagare'],
  ])('says so: %s', (status, words) => {
    const blocks = blocksOf({ status })
    expect(blocks[1]).toEqual({
      kind: 'warning',
      text: expect.stringContaining(words) as unknown,
    })
    expect(blocks.map(({ kind }) => kind)).not.toContain('qr')
    expect(valuesOf('Codice avviso', { status })).toEqual(['3010 0000 0012 3456 88'])
  })

  it.each(['PAYMENT_PENDING', 'PAYMENT_STARTED'])('is not one in %s', (status) => {
    const kinds = blocksOf({ status }).map(({ kind }) => kind)
    expect(kinds).toContain('qr')
    expect(kinds).not.toContain('warning')
  })
})

describe('there is no notice', () => {
  it.each<[Partial<NoticedPayment>, string]>([
    [{ payment_amount: null }, '/amount: is null'],
    [{ payment_amount: 0 }, '/amount: is not above zero'],
    [{ payment_amount: 10_000_000_000 }, '/amount: has more than 10 digits'],
    [{ payment_notice_code: '3010' }, 'is not 18 digits'],
  ])('of %j', (changes, reason) => {
    expect(() => noticeOf(payment(changes), creditor)).toThrow(reason)
  })

  it('for a creditor whose tax code is a person’s', () => {
    const person = { name: 'Luca Prova', tax_code: 'PRVLCU85M15X000R' }
    expect(() => noticeOf(payment(), person)).toThrow('/creditor_tax_code: is not 11 digits')
  })
})
