import { describe, expect, it } from 'vitest'
import { exampleNotifier, exampleTenant } from '#connectors/govpay/example-configuration'
import {
  basic,
  iud,
  notifica,
  ours,
  read,
  refusalOf,
  ricevuta,
  rt,
  settled,
} from '#connectors/govpay/example-notifications'
import { govpay } from '#connectors/govpay/index'

const { notify_username, notify_password } = exampleNotifier

describe('a notification of version 2', () => {
  it('is the receipt of a payment', () => {
    expect(read(ricevuta)).toEqual([{ iud, settlement: settled }])
  })

  it.each([
    ['receiptId in place of idRicevuta', { idRicevuta: undefined, receiptId: 'receipt-1' }],
    ['no receipt of pagoPA in it', { rt: undefined }],
    ['the receipt as text', { rt: { json: JSON.stringify(rt) } }],
    ['the time only in the receipt', { dataPagamento: undefined }],
    ['no outcome of its own', { esito: undefined, stato: 'RT_ACCETTATA_PA' }],
    [
      'the debt beside each collection',
      {
        pendenza: undefined,
        riscossioni: [{ vocePendenza: { pendenza: { idA2A: 'A2A-CORRENTE', idPendenza: iud } } }],
      },
    ],
  ])('is read with %s', (_what, changes) => {
    expect(read({ ...ricevuta, ...changes })).toEqual([{ iud, settlement: settled }])
  })

  it.each([
    ['IN_CORSO', 'pending'],
    ['RIFIUTATO', 'refused'],
    ['NON_ESEGUITO', 'refused'],
    ['ESEGUITO_PARZIALE', 'pending'],
    ['DECORRENZA', 'refused'],
    ['DECORRENZA_PARZIALE', 'pending'],
    ['SOMETHING_NEW', 'pending'],
  ])('that says %s is %s', (esito, state) => {
    expect(read({ ...ricevuta, rt: undefined, esito })).toEqual([{ iud, settlement: { state } }])
  })

  it('says the sum that was paid, whatever was asked for', () => {
    const other = { ...ricevuta, importo: 42.49, rt: { json: { ...rt, paymentAmount: 42.49 } } }
    expect(read(other)).toMatchObject([{ settlement: { amount: 4249 } }])
  })

  it.each([
    ['about another application', { pendenza: { idA2A: 'OTHER', idPendenza: iud } }],
    ['about a debt that is none of ours', { pendenza: { idPendenza: 'abcdef12345' } }],
    ['about no debt', { pendenza: undefined }],
    ['with another sum than its receipt', { importo: 4250 }],
    ['with another IUV than its receipt', { iuv: '01000000012345699' }],
    ['executed with a receipt that was not', { rt: { json: { ...rt, outcome: 'KO' } } }],
    ['paid, but not when', { dataPagamento: undefined, rt: undefined }],
    ['without a sum', { importo: undefined }],
  ])('is refused %s', (_what, changes) => {
    expect(refusalOf({ ...ricevuta, ...changes })).toBe('bad-notification')
  })

  it.each([
    ['it', { dominio: { idDominio: '99999999990' } }],
    ['its receipt', { rt: { json: { ...rt, fiscalCode: '99999999990' } } }],
  ])('settles nothing where %s is of another body', (_what, changes) => {
    expect(refusalOf({ ...ricevuta, ...changes })).toBe('other-creditor')
  })
})

describe('a notification names', () => {
  const named = (told: unknown) =>
    govpay.notifications?.namedIn?.(typeof told === 'string' ? told : JSON.stringify(told))
  const receiptId = 'ab'.repeat(16)

  it.each([
    ['version 2', { ...ricevuta, idRicevuta: receiptId }],
    [
      'version 2, beside each collection',
      { ...ricevuta, pendenza: null, riscossioni: [{ vocePendenza: { pendenza: notifica } }] },
    ],
    ['version 1', { ...notifica, rt: { ...rt, receiptId }, riscossioni: [{ pendenza: '/p/1' }] }],
  ])('its debt, and not its receipt: %s', (_version, told) => {
    expect(named(told)).toEqual([iud])
  })

  it.each(['', 'ESEGUITO', '[]', { codice: 'ERR_001', motivazione: 'closed' }])(
    'nothing where it is none of GovPay’s: %j',
    (told) => {
      expect(named(told)).toEqual([])
    },
  )
})

describe('a notification', () => {
  it.each([
    ['without credentials', {}],
    ['with another user', basic('other', notify_password)],
    ['with another password', basic(notify_username, 'another-notify-password')],
    [
      'with another way to show them',
      { authorization: ours.authorization.replace('Basic', 'Bearer') },
    ],
    ['with credentials that are no base64', { authorization: 'Basic %%%' }],
  ])('%s is not believed', (_how, headers) => {
    expect(refusalOf(ricevuta, headers)).toBe('bad-signature')
  })

  it.each([
    ['no JSON', 'ESEGUITO'],
    ['a list', '[]'],
    ['deeper than anybody writes', '['.repeat(100_000)],
    ['of something else', { codice: 'ERR_001', motivazione: 'closed' }],
  ])('that is %s is refused', (_what, told) => {
    expect(refusalOf(told)).toBe('bad-notification')
  })

  it('is not taken at all where no credentials were agreed on', () => {
    const nobody = { notify_username: undefined, notify_password: undefined }
    const tenant = exampleTenant('http://127.0.0.1:9', nobody)
    expect(govpay.connect({ tenant, service: {} }).readNotification).toBeUndefined()
  })
})
