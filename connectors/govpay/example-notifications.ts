import { exampleConfiguration, exampleNotifier } from '#connectors/govpay/example-configuration'
import { govpay } from '#connectors/govpay/index'
import { iudFor } from '#sandboxes/example-payment'

export const iud = iudFor(4250)
export const domain = '01234567890'
/** A receipt of pagoPA. */
export const rt = {
  receiptId: 'receipt-1',
  fiscalCode: domain,
  outcome: 'OK',
  creditorReferenceId: '01000000012345688',
  paymentAmount: 42.5,
  paymentDateTime: '2025-03-11T10:00:00',
}
/** What version 2 puts. */
export const ricevuta = {
  dominio: { idDominio: domain, ragioneSociale: 'Comune di Bugliano' },
  iuv: '01000000012345688',
  idRicevuta: 'receipt-1',
  importo: 42.5,
  esito: 'ESEGUITO',
  dataPagamento: '2025-03-11T10:00:00',
  pendenza: { idA2A: 'A2A-CORRENTE', idPendenza: iud },
  rt: { tipo: 'ctReceipt', xml: 'PHJ0Lz4=', json: rt },
}
/** What version 1 posts at the start of an attempt. */
export const notifica = {
  idA2A: 'A2A-CORRENTE',
  idPendenza: iud,
  rpt: { versioneOggetto: '6.2.0' },
}
/** What they say of the money. */
export const settled = {
  state: 'settled',
  transaction_id: 'receipt-1',
  paid_at: '2025-03-11T10:00:00+01:00',
  amount: 4250,
}

export const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})
const { notify_username, notify_password } = exampleNotifier
/** The credentials agreed on. */
export const ours = basic(notify_username, notify_password)
const connected = govpay.connect(exampleConfiguration('http://127.0.0.1:9'))
export const read = (told: unknown, headers: Record<string, string> = ours) =>
  connected.readNotification?.({
    headers,
    body: typeof told === 'string' ? told : JSON.stringify(told),
  })
/** The code a notification is refused with, or what it says. */
export const refusalOf = (told: unknown, headers?: Record<string, string>) => {
  try {
    return read(told, headers)
  } catch (error) {
    return (error as { code?: string }).code
  }
}
