import { createHmac, timingSafeEqual } from 'node:crypto'
import { RejectedError } from '#core/errors'
import type { Notification } from '#ports/intermediary'

/** What a signature is for, its first line: one made for an address to pay at serves nothing else. */
export type Purpose = 'pay' | 'status' | 'notify'

/** How far the time of a callback may be from ours, seconds: clocks differ, and each try is signed anew. */
export const callbackSecondsMax = 300

const header = 'x-external-page-signature'
const shape = /^t=(\d{10}),n=([\w-]{16,64}),s=([\da-f]{64})$/

/**
 * What is signed of an address: the purpose, then `name=value` of each parameter as they are read, percent-encoded but
 * for letters, digits and `-._~`, sorted as bytes; lines, the last without an end.
 */
export const canonicalOf = (
  parameters: Iterable<readonly [string, string]>,
  purpose: Purpose,
): string => {
  const lines = [...parameters].map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return [purpose, ...lines.sort()].join('\n')
}

/** HMAC-SHA-256 of the canonical form, in hex. */
export const signatureOf = (
  parameters: Iterable<readonly [string, string]>,
  purpose: Purpose,
  secret: string,
): string => hmacOf(canonicalOf(parameters, purpose), secret).toString('hex')

/**
 * The signature of a callback, over its time, its nonce and its raw body. Throws RejectedError('bad-signature') where
 * it is not ours, or of another time than now.
 */
export function verifiedSignature(
  { headers, body }: Notification,
  secret: string,
  now: Date,
): string {
  const [, time, nonce, signature = ''] = shape.exec(headers[header] ?? '') ?? []
  const expected = hmacOf(['notify', time, nonce, body].join('\n'), secret)
  const given = Buffer.from(signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new RejectedError('bad-signature', 'the callback is not signed with our secret')
  }
  if (Math.abs(now.getTime() / 1_000 - Number(time)) > callbackSecondsMax) {
    throw new RejectedError('bad-signature', 'the callback was signed at another time than now')
  }
  return signature
}

const hmacOf = (text: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(text).digest()

// encodeURIComponent leaves these as they are, RFC 3986 does not.
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
