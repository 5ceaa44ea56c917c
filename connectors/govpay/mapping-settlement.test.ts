import { describe, expect, it } from 'vitest'
import { toSettlement } from '#connectors/govpay/mapping'
import { TransientError } from '#core/errors'
import type { Pendenza } from '#connectors/govpay/words'

const domain_id = '01234567890'
const tenant = { domain_id, expiry_grace_hours: 24 }
const receipt = {
  receiptId: 'receipt-1',
  fiscalCode: domain_id,
  outcome: 'OK',
  creditorReferenceId: '01000000012345688',
  paymentAmount: '42.50',
  paymentDateTime: '2025-03-11T10:00:00',
}
const told = {
  dominio: { idDominio: domain_id },
  importo: 4250,
  dataPagamento: '2025-03-11',
  dataScadenza: '2025-06-08',
  rpp: [{ rt: receipt }],
}
const soon = new Date('2025-06-09T12:00:00+02:00')
const later = new Date('2025-06-10T12:00:00+02:00')
const settlement = (changes: object, now = soon) =>
  toSettlement({ ...told, ...changes } as Pendenza, tenant, now)

describe('a settlement', () => {
  it.each(['ESEGUITA', 'INCASSATA'])('is settled by the word %s, as its receipt says', (stato) => {
    expect(settlement({ stato })).toEqual({
      state: 'settled',
      transaction_id: 'receipt-1',
      paid_at: '2025-03-11T10:00:00+01:00',
      amount: 4250,
    })
  })

  it('is settled without a receipt where GovPay says the day', () => {
    expect(settlement({ stato: 'ESEGUITA', rpp: [] })).toEqual({
      state: 'settled',
      transaction_id: null,
      paid_at: '2025-03-11T00:00:00+01:00',
      amount: 4250,
    })
  })

  it.each([
    ['ANNULLATA', 'cancelled'],
    ['NON_ESEGUITA', 'pending'],
    ['IN_CORSO', 'pending'],
    ['eseguita', 'pending'],
    ['DUPLICATA', 'pending'],
    ['SOMETHING_NEW', 'pending'],
    ['', 'pending'],
  ])('reads %j as %s, whatever else is told', (stato, state) => {
    expect(settlement({ stato }, later)).toEqual({ state })
  })

  it('reads SCADUTA as expired once the grace is over', () => {
    expect(settlement({ stato: 'SCADUTA' }, soon)).toEqual({ state: 'pending' })
    expect(settlement({ stato: 'SCADUTA' }, later)).toEqual({ state: 'expired' })
    expect(settlement({ stato: 'SCADUTA', dataScadenza: null }, later)).toEqual({
      state: 'pending',
    })
  })

  it.each(['ANOMALA', 'ESEGUITA_PARZIALE'])(
    'of %s changes nothing by the word, but money that a receipt tells is told with its sum',
    (stato) => {
      expect(settlement({ stato, rpp: [] }, later)).toEqual({ state: 'pending' })
      const other = [{ rt: { ...receipt, paymentAmount: '42.49' } }]
      expect(settlement({ stato, rpp: other })).toMatchObject({ state: 'settled', amount: 4249 })
    },
  )

  it('is unknown where it is paid, but not when', () => {
    const dayless = { stato: 'ESEGUITA', rpp: [], dataPagamento: null }
    expect(() => settlement(dayless)).toThrow(TransientError)
  })

  it.each([
    ['the debt', { dominio: { idDominio: '99999999990' } }],
    ['the receipt', { rpp: [{ rt: { ...receipt, fiscalCode: '99999999990' } }] }],
  ])('is none of ours where %s is of another body', (_what, changes) => {
    const rejected = expect.objectContaining({ code: 'other-creditor' }) as Error
    expect(() => settlement({ stato: 'ESEGUITA', ...changes })).toThrow(rejected)
  })
})
