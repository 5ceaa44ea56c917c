import { describe, expect, it } from 'vitest'
import { errorOf } from '#connectors/iris/esiti'
import { isPresent, toReported, toSettlement } from '#connectors/iris/settlement'
import { RejectedError, TransientError } from '#core/errors'
import type { Pagamento } from '#connectors/iris/pagamento'

const iud = '5f0c7a522a0d4c559a3e0d6f6e1b7c11'
const money = {
  state: 'settled',
  transaction_id: 'IR-1',
  paid_at: '2025-03-10T09:20:00+01:00',
  amount: 4250,
}
const payment: Pagamento = {
  RiferimentoPagamento: { IdPagamento: '99' },
  DataOraPagamento: '2025-03-10T09:20:00+01:00',
  Importo: '42.5',
  Esito: 'ESEGUITO',
  Transazione: { IdTransazione: 'IR-1' },
  RiferimentoDebito: { Pendenza: iud },
}
const told = (Stato: string, Pagamento: Pagamento | null = payment) => ({
  IdPagamento: '99',
  Stato,
  Pagamento,
})

describe('the word on the money', () => {
  it.each([
    ['POSIZIONE_PAGATA', money, true],
    ['POSIZIONE_PAGATA_SBF', { state: 'pending' }, true],
    ['POSIZIONE_CON_PAG_IN_CORSO', { state: 'pending' }, true],
    ['POSIZIONE_CON_DOC_EMESSO', { state: 'pending' }, true],
    ['POSIZIONE_NON_PAGATA', { state: 'pending' }, true],
    ['POSIZIONE_NON_PAGABILE', { state: 'pending' }, true],
    ['POSIZIONE_NON_PRESENTE', { state: 'pending' }, false],
  ])('%s', (Stato, settlement, present) => {
    expect(toSettlement(told(Stato), iud)).toEqual(settlement)
    expect(isPresent(told(Stato))).toBe(present)
  })

  it.each(['POSIZIONE_IN_VOLO', 'Pagamento eseguito', 'posizione_pagata', '', 'constructor'])(
    '%j changes nothing, and does not say whether there is a pendency',
    (Stato) => {
      expect(toSettlement(told(Stato), iud)).toEqual({ state: 'pending' })
      expect(() => isPresent(told(Stato))).toThrow(TransientError)
    },
  )

  it.each([
    ['no sum and no time', told('POSIZIONE_PAGATA', null)],
    ['another number', { ...told('POSIZIONE_PAGATA'), IdPagamento: '98' }],
    [
      'another pendency',
      told('POSIZIONE_PAGATA', { ...payment, RiferimentoDebito: { Pendenza: '0'.repeat(32) } }),
    ],
  ])('of %s is no settlement', (_what, answer) => {
    expect(() => toSettlement(answer, iud)).toThrow(TransientError)
  })
})

describe('a payment that is told', () => {
  it('is money at its first stage, and repeats it at later ones', () => {
    const reported = (Esito: string, isRepeated = false) =>
      toReported({ ...payment, Esito }, isRepeated)
    expect(reported('ESEGUITO')).toEqual({ iud, settlement: money, isRepeated: false })
    expect(reported('ESEGUITO', true)).toMatchObject({ settlement: money, isRepeated: true })
    for (const later of ['REGOLATO', 'INCASSO']) {
      expect(reported(later)).toMatchObject({ settlement: money, isRepeated: true })
    }
  })

  it.each(['RIMBORSATO', 'eseguito', ''])(
    'as %j, a word nobody knows, changes nothing',
    (Esito) => {
      expect(toReported({ ...payment, Esito }, false)).toEqual({
        iud,
        settlement: { state: 'pending' },
      })
    },
  )

  it('without a transaction is money all the same', () => {
    const { settlement } = toReported({ ...payment, Transazione: null }, false)!
    expect(settlement).toMatchObject({ state: 'settled', transaction_id: null })
  })

  it.each([null, { Pendenza: 'TARI.2025.17' }, { Pendenza: iud.slice(1) }])(
    'of a pendency that is none of ours is passed over: %j',
    (RiferimentoDebito) => {
      expect(toReported({ ...payment, RiferimentoDebito }, false)).toBeUndefined()
    },
  )
})

describe('“Elaborato con Errori”', () => {
  it('refuses by its code', () => {
    const error = errorOf(['A0000020'])
    expect(error).toBeInstanceOf(RejectedError)
    expect(error).toMatchObject({ code: 'iris-A0000020' })
  })

  it.each([['ABC'], ['DEF'], ['A0000010'], ['errors.db.transactionRollback']])(
    'with %s tells of trouble of its own, and refuses nothing',
    (code) => {
      expect(errorOf([code])).toBeInstanceOf(TransientError)
    },
  )

  it('refuses where a refusal stands beside trouble, and where there is no code', () => {
    expect(errorOf(['ABC', 'A0000020'])).toMatchObject({ code: 'iris-A0000020' })
    expect(errorOf([])).toMatchObject({ code: 'iris-refused' })
  })

  it('repeats nothing that is no word', () => {
    const error = errorOf(['PRVLCU85M15X000R è debitore'])
    expect(error).toMatchObject({ code: 'iris-refused' })
    expect(error.message).not.toContain('PRVLCU85M15X000R')
  })
})
