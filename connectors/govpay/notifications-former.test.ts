import { describe, expect, it } from 'vitest'
import {
  domain,
  iud,
  notifica,
  read,
  refusalOf,
  rt,
  settled,
} from '#connectors/govpay/example-notifications'

describe('a notification of version 1', () => {
  const paid = (changes: object = {}) => ({
    dominio: { identificativoDominio: domain },
    dataOraMessaggioRicevuta: '2025-03-11T10:00:00',
    datiPagamento: {
      codiceEsitoPagamento: '0',
      importoTotalePagato: '42.50',
      identificativoUnivocoVersamento: '01000000012345688',
      CodiceContestoPagamento: 'receipt-1',
      datiSingoloPagamento: [{ dataEsitoSingoloPagamento: '2025-03-11' }],
      ...changes,
    },
  })

  it('says nothing at the start of an attempt', () => {
    expect(read(notifica)).toEqual([])
    expect(read({ ...notifica, rt: null })).toEqual([])
  })

  it('is the receipt at its end, in either shape', () => {
    for (const each of [paid(), rt]) {
      expect(read({ ...notifica, rt: each })).toEqual([{ iud, settlement: settled }])
    }
  })

  it('of an attempt that failed leaves the debt open', () => {
    const failed = paid({ codiceEsitoPagamento: '1', importoTotalePagato: '0.00' })
    expect(read({ ...notifica, rt: failed })).toEqual([{ iud, settlement: { state: 'refused' } }])
  })

  it.each([
    ['with a receipt that is none', { rt: {} }],
    ['of another application', { idA2A: 'OTHER', rt }],
  ])('is refused %s', (_what, changes) => {
    expect(refusalOf({ ...notifica, ...changes })).toBe('bad-notification')
  })

  it('settles nothing where its receipt is of another body', () => {
    const other = { ...notifica, rt: { ...rt, fiscalCode: '99999999990' } }
    expect(refusalOf(other)).toBe('other-creditor')
  })
})
