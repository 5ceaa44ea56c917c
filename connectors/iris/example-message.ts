import { exampleBody, exampleNotified } from '#connectors/iris/example-configuration'
import type { Notification } from '#ports/intermediary'

const iris = 'http://www.cart.rete.toscana.it/servizi/iris_1_1/'

/** A payment in a message, XML text; members may be others, or more. */
export const examplePaid = (
  iud: string,
  changes: Readonly<Record<string, string>> = {},
): string => {
  const members = {
    RiferimentoPagamento: '<ip:IdPagamento>99000000000012345</ip:IdPagamento>',
    DataOraPagamento: '2025-03-10T10:01:58+01:00',
    Importo: '42.50',
    Esito: 'ESEGUITO',
    Transazione: '<ip:IdTransazione>IR-1</ip:IdTransazione>',
    RiferimentoDebito: `<ip:Pendenza>${iud}</ip:Pendenza>`,
    ...changes,
  }
  const texts = Object.entries(members).map(([name, text]) => `<ip:${name}>${text}</ip:${name}>`)
  return `<ip:Pagamento>${texts.join('')}</ip:Pagamento>`
}

interface About {
  readonly msgId?: string
  readonly receiver?: string
}

/** A message of IRIS about these payments, written by hand. */
export const exampleMessage = (
  payments: readonly string[],
  { msgId = 'msg_1', receiver = exampleBody.sender_id }: About = {},
): string => `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<p:IdpInformativaPagamento xmlns:p="${iris}proxy">
<ip:IdpInformativaPagamento Versione="01.03-03" xmlns:ip="${iris}IdpInformativaPagamento">
<h:IdpHeader xmlns:h="${iris}IdpHeader"><h:E2E><h:E2EMsgId>${msgId}</h:E2EMsgId>
<h:Receiver><h:E2ERcvrId>${receiver}</h:E2ERcvrId></h:Receiver></h:E2E></h:IdpHeader>
<ip:IdpBody>${payments.join('\n')}</ip:IdpBody>
</ip:IdpInformativaPagamento></p:IdpInformativaPagamento></s:Body></s:Envelope>`

/** The header of whoever tells, by HTTP Basic. */
export const basicOf = (
  username: string = exampleNotified.username,
  password: string = exampleNotified.password,
): string => `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`

/** The same as it comes over HTTP. */
export const exampleNotification = (body: string, headers = {}): Notification => ({
  headers: { 'content-type': 'text/xml; charset=utf-8', authorization: basicOf(), ...headers },
  body,
})
