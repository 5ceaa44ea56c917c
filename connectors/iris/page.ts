import { RejectedError, TransientError } from '#core/errors'
import type { Esito } from '#connectors/iris/answers'
import type { Otf } from '#connectors/iris/client'
import type { Addresses } from '#ports/intermediary'

const urlCharactersMax = 512

/** Where the payer comes back to. Throws RejectedError('addresses-missing' | 'not-expressible'). */
export const toOtf = (addresses: Addresses | null): Otf => {
  if (addresses === null) {
    throw new RejectedError('addresses-missing', 'the payment does not begin at our proxy')
  }
  const { landing } = addresses
  if (landing.length > urlCharactersMax) {
    throw new RejectedError('not-expressible', 'URL_BACK: the landing page has too long an address')
  }
  return { URL_BACK: landing, URL_CANCEL: landing }
}

/**
 * The page to pay at: the gateway's address holds the token of the session already, or is given it. Throws
 * TransientError where IRIS opened none.
 */
export const pageOf = ({ session }: Extract<Esito, { kind: 'taken' }>): string => {
  if (!session) throw new TransientError('iris took the pendency and opened no page')
  const { UrlGW, IdSessioneGW } = session
  if (UrlGW.includes(IdSessioneGW)) return UrlGW
  const url = new URL(UrlGW)
  url.searchParams.set('token', IdSessioneGW)
  return url.href
}
