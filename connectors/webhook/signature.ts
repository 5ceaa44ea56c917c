import { createHmac, timingSafeEqual } from 'node:crypto'
import { RejectedError } from '#core/errors'

/** The header that says who posts, and when: `t=<seconds since 1970>,v1=<hex>`, a `v1` for each secret. */
export const signatureHeader = 'corrente-signature'

/** How far the time of a request may be from the receiver's clock, seconds. */
export const signatureSecondsMax = 300

const shape = /^t=(\d{10})((?:,v1=[\da-f]{64}){1,3})$/

// The time is signed with the body: an old request cannot be told again as a new one.
const hmacOf = (seconds: string, body: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest()

/** The value of the header for a body as it is sent. */
export function signatureOf(body: string, secrets: readonly string[], at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1_000))
  const signed = secrets.map((secret) => `v1=${hmacOf(seconds, body, secret).toString('hex')}`)
  return [`t=${seconds}`, ...signed].join(',')
}

/**
 * What a receiver does: throws RejectedError('bad-signature') unless one of the signatures is by its secret, over these
 * very bytes, and of about now. Takes as long for a wrong one as for a right one.
 */
export function verifySignature(
  header: string | undefined,
  body: string,
  { secret, now }: { readonly secret: string; readonly now: Date },
): void {
  const [, seconds = '', list = ''] = shape.exec(header ?? '') ?? []
  const expected = hmacOf(seconds, body, secret)
  const given = list.split(',v1=').slice(1)
  const matches = given.map((hex) => timingSafeEqual(Buffer.from(hex, 'hex'), expected))
  if (!matches.includes(true)) {
    throw new RejectedError('bad-signature', 'the request is not signed with our secret')
  }
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > signatureSecondsMax) {
    throw new RejectedError('bad-signature', 'the request was signed at another time than now')
  }
}
