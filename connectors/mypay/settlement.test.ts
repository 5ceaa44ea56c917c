import { describe, expect, it } from 'vitest'
import { exampleCreditor } from '#connectors/mypay/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { settlementsIn, toSettlement } from '#connectors/mypay/settlement'
import { RejectedError, TransientError } from '#core/errors'
import type { PaidDues } from '#connectors/mypay/client'

const iud = iudFor(4250)
const due = { iud, creditor: exampleCreditor }
const item = (dueId: string, amount = '42.50') => ({
  identificativoUnivocoDovuto: dueId,
  singoloImportoPagato: amount,
  dataEsitoSingoloPagamento: '2025-03-11',
  identificativoUnivocoRiscossione: 'MP-1',
})
const paid = (codiceEsitoPagamento = '0', items = [item(iud)]): PaidDues => ({
  pagati: {
    dominio: { identificativoDominio: exampleCreditor },
    datiPagamento: {
      codiceEsitoPagamento,
      identificativoUnivocoVersamento: '99010000000000042',
      datiSingoloPagamento: items,
    },
  },
  receipt: '<receipt><paymentDateTime>2025-03-11T10:00:07</paymentDateTime></receipt>',
})
const asked = (told: PaidDues) => toSettlement({ faultCode: null, told }, due)

describe('a settlement', () => {
  it('is settled by code 0 and an item of our due', () => {
    expect(asked(paid())).toEqual({
      state: 'settled',
      transaction_id: 'MP-1',
      paid_at: '2025-03-11T10:00:07+01:00',
      amount: 4250,
    })
  })

  it.each([
    ['PAA_PAGAMENTO_ANNULLATO', 'cancelled'],
    ['PAA_PAGAMENTO_SCADUTO', 'expired'],
    ['PAA_PAGAMENTO_NON_INIZIATO', 'pending'],
    ['PAA_PAGAMENTO_IN_CORSO', 'pending'],
    ['PAA_SYSTEM_ERROR', 'pending'],
    ['PAA_QUALCOSA_DI_NUOVO', 'pending'],
    ['paa_pagamento_scaduto', 'pending'],
    ['constructor', 'pending'],
    ['', 'pending'],
  ])('reads the fault %s as %s', (faultCode, state) => {
    expect(toSettlement({ faultCode }, due)).toEqual({ state })
  })

  it('is pending of a stamp that MyPay does not know: it is there once it is paid', () => {
    const faultCode = 'PAA_IUD_NON_VALIDO'
    expect(toSettlement({ faultCode }, { ...due, isStamp: true })).toEqual({ state: 'pending' })
    expect(() => toSettlement({ faultCode }, due)).toThrow(RejectedError)
  })

  it.each(['1', '2', '3', '4', '9', 'OK', ''])(
    'is none where a document says %s: an answer without a fault is no success yet',
    (code) => {
      expect(asked(paid(code))).toEqual({ state: 'pending' })
    },
  )

  it('is none where the document tells of other dues only, or of none', () => {
    expect(asked(paid('0', [item(iudFor(1))]))).toEqual({ state: 'pending' })
    expect(asked(paid('0', []))).toEqual({ state: 'pending' })
  })

  it.each(['TARI-2025-1', `P${iud}`, iud.toUpperCase()])(
    'is that of the due asked for, also of one that was not born here: %s',
    (key) => {
      const told = paid('0', [item('TARI-2025-2', '1.00'), item(key)])
      const answer = { faultCode: null, told } as const
      expect(toSettlement(answer, { ...due, iud: key })).toMatchObject({ amount: 4250 })
      expect(toSettlement(answer, { ...due, iud: 'TARI-2025-3' })).toEqual({ state: 'pending' })
    },
  )

  it('is that of the one due under a number, where the notice code is all that is known', () => {
    const told = paid('0', [item('TARI-2025-1')])
    const number = told.pagati.datiPagamento.identificativoUnivocoVersamento
    const asking = (key: string, answer = told) =>
      toSettlement({ faultCode: null, told: answer }, { ...due, iud: key })
    expect(asking(`3${number}`)).toMatchObject({ amount: 4250 })
    expect(asking('399010000000000099')).toEqual({ state: 'pending' })
    const several = paid('0', [item('TARI-2025-1'), item('TARI-2025-2')])
    expect(asking(`3${number}`, several)).toEqual({ state: 'pending' })
  })

  it('tells the amount that was paid, whatever was asked for', () => {
    expect(asked(paid('0', [item(iud, '42.49')]))).toMatchObject({ amount: 4249 })
  })

  it('is not believed where it is owed to another body', () => {
    const other = { iud, creditor: '00000000000' }
    expect(() => toSettlement({ faultCode: null, told: paid() }, other)).toThrow(TransientError)
  })

  it('has no transaction where MyPay tells none', () => {
    const nameless = { ...item(iud), identificativoUnivocoRiscossione: '' }
    expect(asked(paid('0', [nameless]))).toMatchObject({ transaction_id: null })
  })

  it('is a question that has no answer where MyPay has no such due, or does not take us', () => {
    expect(() => toSettlement({ faultCode: 'PAA_IUD_NON_VALIDO' }, due)).toThrow(RejectedError)
    expect(() => toSettlement({ faultCode: 'PAA_ENTE_NON_VALIDO' }, due)).toThrow(TransientError)
  })
})

describe('dues paid together', () => {
  it('are told one by one, and those that are not ours are passed over', () => {
    const withMark = `P000${iud.slice(3)}`
    const items = [item(iud), item('TARI-2025-1', '1.00'), item(withMark, '7.00')]
    expect(settlementsIn(paid('0', items), undefined)).toMatchObject([
      { iud, settlement: { state: 'settled', amount: 4250 } },
      { iud: `000${iud.slice(3)}`, settlement: { state: 'settled', amount: 700 } },
    ])
  })
})
