import { describe, expect, it } from 'vitest'
import {
  exampleConfiguration,
  exampleNotifier,
  exampleTenant,
} from '#connectors/govpay/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { govpay } from '#connectors/govpay/index'

const iud = iudFor(4250)
const domain = '01234567890'
const rt = {
  receiptId: 'receipt-1',
  fiscalCode: domain,
  outcome: 'OK',
  creditorReferenceId: '01000000012345688',
  paymentAmount: 42.5,
  paymentDateTime: '2025-03-11T10:00:00',
}
const ricevuta = {
  dominio: { idDominio: domain, ragioneSociale: 'Comune di Bugliano' },
  iuv: '01000000012345688',
  idRicevuta: 'receipt-1',
  importo: 42.5,
  esito: 'ESEGUITO',
  dataPagamento: '2025-03-11T10:00:00',
  pendenza: { idA2A: 'A2A-CORRENTE', idPendenza: iud },
  rt: { tipo: 'ctReceipt', xml: 'PHJ0Lz4=', json: rt },
}
const notifica = { idA2A: 'A2A-CORRENTE', idPendenza: iud, rpt: { versioneOggetto: '6.2.0' } }
const settled = {
  state: 'settled',
  transaction_id: 'receipt-1',
  paid_at: '2025-03-11T10:00:00+01:00',
  amount: 4250,
}

const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})
const { notify_username, notify_password } = exampleNotifier
const ours = basic(notify_username, notify_password)
const connected = govpay.connect(exampleConfiguration('http://127.0.0.1:9'))
const read = (told: unknown, headers: Record<string, string> = ours) =>
  connected.readNotification?.({
    headers,
    body: typeof told === 'string' ? told : JSON.stringify(told),
  })
const refusalOf = (told: unknown, headers?: Record<string, string>) => {
  try {
    return read(told, headers)
  } catch (error) {
    return (error as { code?: string }).code
  }
}

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
    ['of another body', { dominio: { idDominio: '99999999990' } }],
    ['with another sum than its receipt', { importo: 4250 }],
    ['with another IUV than its receipt', { iuv: '01000000012345699' }],
    ['with a receipt of another body', { rt: { json: { ...rt, fiscalCode: '99999999990' } } }],
    ['executed with a receipt that was not', { rt: { json: { ...rt, outcome: 'KO' } } }],
    ['paid, but not when', { dataPagamento: undefined, rt: undefined }],
    ['without a sum', { importo: undefined }],
  ])('is refused %s', (_what, changes) => {
    expect(refusalOf({ ...ricevuta, ...changes })).toBe('bad-notification')
  })
})

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
    ['with a receipt of another body', { rt: { ...rt, fiscalCode: '99999999990' } }],
    ['of another application', { idA2A: 'OTHER', rt }],
  ])('is refused %s', (_what, changes) => {
    expect(refusalOf({ ...notifica, ...changes })).toBe('bad-notification')
  })
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
