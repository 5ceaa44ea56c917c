import type { Request } from 'express'
import { Problem } from '#apps/platform/problem'

/** Names by which a machine calls itself. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '[::1]', '::1'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host)

/**
 * Where the app is reached, such as `https://corrente.example`; without a setting, by whatever name of this machine the
 * request says. Throws 421 where that is another: a name of somebody else's that leads here is a trick to read the pages.
 */
export function originOf(request: Request, publicOrigin: string | undefined): string {
  const host = request.headers.host ?? ''
  const given = urlOf(`http://${host}`)
  if (publicOrigin === undefined) {
    if (given && given.host !== '' && isLoopback(given.hostname)) return given.origin
    throw new Problem(
      421,
      'this page is asked for by a name that is not its own: set OPERATIONS_PUBLIC_URL',
    )
  }
  const own = new URL(publicOrigin)
  // `host` leaves out the port that goes without saying.
  const asked = urlOf(`${own.protocol}//${host}`)
  if (asked?.host === own.host) return own.origin
  throw new Problem(
    421,
    'this page is asked for by a name that is not its own: see OPERATIONS_PUBLIC_URL',
  )
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

/** Throws 403 where a form was not sent by a page of this app. */
export function checkSender(request: Request, origin: string): void {
  const site = request.headers['sec-fetch-site']
  if (request.headers.origin === origin && (site === undefined || site === 'same-origin')) return
  throw new Problem(403, 'this was not sent by a page of this app')
}

/** The page to go to after the sign-in: one of this app, whatever the address says. */
export function pathWithin(to: unknown): string {
  const isPath = typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,1000}$/.test(to)
  return isPath && !to.includes('\\') && !to.startsWith('/sign-') ? to : '/'
}
