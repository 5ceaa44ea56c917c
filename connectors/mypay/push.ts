import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { documentText } from '#connectors/mypay/document-reading'
import { readPagati } from '#connectors/mypay/paid-documents'
import { iudOf } from '#connectors/mypay/due-id'
import { settlementsIn } from '#connectors/mypay/settlement'
import { RejectedError } from '#core/errors'
import type { Notification, ReportedSettlement } from '#ports/intermediary'

/** What MyPay posts once a due is paid: pagoPA's receipt and its own document, both XML in base64. */
const Push = z.object({ rt: z.string().nullish(), esito: z.string().min(1) })

const TokenHeader = z.object({ alg: z.literal('HS512') })

/** The iuds a notification names, before anybody is believed: those of its document; none where it is unreadable. */
export const namedIn = (body: string): readonly string[] => {
  try {
    const { datiPagamento } = readPagati(Push.parse(JSON.parse(body)).esito)
    return datiPagamento.datiSingoloPagamento.flatMap(
      ({ identificativoUnivocoDovuto }) => iudOf(identificativoUnivocoDovuto) ?? [],
    )
  } catch {
    return []
  }
}

/**
 * What a notification says, due by due. Its token is MyPay's; it covers no word of the body and never ends, so what it
 * proves is only that whoever posted has spoken with MyPay or for it. Throws RejectedError('bad-signature' |
 * 'bad-notification').
 */
export const readPush = (
  { headers, body }: Notification,
  secret: string | undefined,
  creditor: string | undefined,
): readonly ReportedSettlement[] => {
  assertToken(headers.authorization, secret)
  try {
    const { rt, esito } = Push.parse(JSON.parse(body))
    const told = { pagati: readPagati(esito), receipt: receiptOf(rt) }
    return settlementsIn(told, creditor)
  } catch {
    throw new RejectedError('bad-notification', 'the notification is not what mypay sends')
  }
}

const receiptOf = (rt: string | null | undefined): string | undefined => {
  try {
    return rt ? documentText(rt) : undefined
  } catch {
    return undefined
  }
}

const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i

const assertToken = (authorization: string | undefined, secret: string | undefined): void => {
  const [, header, claims, signature] = bearer.exec(authorization ?? '') ?? []
  if (secret === undefined || !header || !claims || !signature || !isHs512(header)) {
    throw notSigned()
  }
  const expected = createHmac('sha512', secret).update(`${header}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notSigned()
}

const isHs512 = (header: string): boolean => {
  try {
    const members: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
    return TokenHeader.safeParse(members).success
  } catch {
    return false
  }
}

const notSigned = () =>
  new RejectedError('bad-signature', 'the notification carries no token signed with our secret')
