import { timingSafeEqual, createHash } from 'node:crypto'
import { openedEnvelope } from '#soap/envelope'
import { isUtf8, XmlError } from '#soap/xml'
import { headerNamespace, paymentNamespace, proxyNamespace } from '#connectors/iris/names'
import { Pagamento } from '#connectors/iris/pagamento'
import { RejectedError } from '#core/errors'
import type { IrisTenant } from '#connectors/iris/config'
import type { Notification } from '#ports/intermediary'
import type { XmlElement } from '#soap/xml'

/** What IRIS tells by itself: of one payment or several. */
export interface Informativa {
  readonly msgId: string
  readonly receiverId: string
  readonly payments: readonly Pagamento[]
}

type Secrets = Pick<IrisTenant, 'notify_username' | 'notify_password' | 'sender_id'>

/**
 * The message, from whom and for whom it must be. Throws RejectedError('bad-signature' | 'bad-notification').
 */
export const readInformativa = ({ headers, body }: Notification, secrets: Secrets): Informativa => {
  assertBasic(headers.authorization, secrets)
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !isUtf8(charset)) throw notOwn()
  const informativa = readIn(body)
  if (!informativa) throw notOwn()
  if (informativa.receiverId === secrets.sender_id) return informativa
  throw new RejectedError('bad-notification', 'the notification is for another body')
}

/** The pendencies a message names, before anybody is believed; none where it cannot be read. */
export const pendenciesIn = (body: string): readonly string[] =>
  readIn(body)?.payments.flatMap(
    ({ RiferimentoDebito }) => RiferimentoDebito?.Pendenza.trim() ?? [],
  ) ?? []

const readIn = (body: string): Informativa | undefined => {
  try {
    return informativaIn(body)
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

const informativaIn = (body: string): Informativa => {
  const { body: operation } = openedEnvelope(body)
  if (operation.name !== 'IdpInformativaPagamento' || operation.namespace !== proxyNamespace) {
    throw new XmlError('is none that is awaited')
  }
  const message = only(operation, 'IdpInformativaPagamento')
  const e2e = only(only(message, 'IdpHeader', headerNamespace), 'E2E', headerNamespace)
  const receiver = only(e2e, 'Receiver', headerNamespace)
  const payments = all(only(message, 'IdpBody'), 'Pagamento')
  if (payments.length === 0) throw new XmlError('tells of no payment')
  return {
    msgId: only(e2e, 'E2EMsgId', headerNamespace).text.trim(),
    receiverId: only(receiver, 'E2ERcvrId', headerNamespace).text.trim(),
    payments: payments.map(pagamentoIn),
  }
}

// A member that may stand once and stands twice is not for us to choose from.
const pagamentoIn = (payment: XmlElement): Pagamento => {
  const text = (name: string) => one(payment, name)?.text
  const within = (name: string, member: string) => {
    const holder = one(payment, name)
    return holder && { [member]: one(holder, member)?.text }
  }
  const pagamento = Pagamento.safeParse({
    RiferimentoPagamento: within('RiferimentoPagamento', 'IdPagamento'),
    DataOraPagamento: text('DataOraPagamento'),
    Importo: text('Importo'),
    Esito: text('Esito'),
    Transazione: within('Transazione', 'IdTransazione'),
    RiferimentoDebito: within('RiferimentoDebito', 'Pendenza'),
  })
  if (pagamento.success) return pagamento.data
  throw new XmlError('tells of a payment that is none')
}

const all = ({ children }: XmlElement, name: string, namespace = paymentNamespace) =>
  children.filter((child) => child.name === name && child.namespace === namespace)

const one = (element: XmlElement, name: string, namespace = paymentNamespace) => {
  const [found, second] = all(element, name, namespace)
  if (second) throw new XmlError('holds a member twice')
  return found
}

const only = (element: XmlElement, name: string, namespace = paymentNamespace): XmlElement => {
  const found = one(element, name, namespace)
  if (found) return found
  throw new XmlError('lacks a member')
}

const notOwn = () =>
  new RejectedError('bad-notification', 'the notification is not what iris sends')

const assertBasic = (authorization: string | undefined, secrets: Secrets): void => {
  const { notify_username, notify_password } = secrets
  const [, given = ''] = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(authorization ?? '') ?? []
  const known = Buffer.from(`${notify_username}:${notify_password}`, 'utf8').toString('base64')
  const isConfigured = notify_username !== undefined && notify_password !== undefined
  // Digests are equally long, whatever was given.
  if (isConfigured && timingSafeEqual(digestOf(given), digestOf(known))) return
  throw new RejectedError('bad-signature', 'the notification comes with no password of ours')
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
