import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'

/** How long an address may be opened after it was made, seconds. */
const addressSecondsMax = 15 * 60
/** How far ahead of ours the clock of whoever made it may be, seconds. */
const aheadSecondsMax = 60

/** The parameters of a signed address; `over` where it is too old, `forged` where the signature is not ours. */
export type Read = ReadonlyMap<string, string> | 'over' | 'forged'

/** What stands behind the question mark of a request, as it came. */
export const queryOf = ({ originalUrl }: Request): string => originalUrl.split('?')[1] ?? ''

/** Reads a signed address, given as its query, by the README alone: nothing of the connector's own code is in it. */
export const readSigned = (purpose: string, query: string, secret: string): Read => {
  const parameters = new URLSearchParams(query)
  const given = Buffer.from(parameters.get('signature') ?? '', 'hex')
  parameters.delete('signature')
  const lines = [...parameters].map(([name, value]) => `${percent(name)}=${percent(value)}`)
  const expected = hmac(secret, [purpose, ...lines.sort()].join('\n'))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  const ageSeconds = Date.now() / 1_000 - Number(parameters.get('time'))
  const isFresh = ageSeconds <= addressSecondsMax && ageSeconds >= -aheadSecondsMax
  return isFresh ? new Map(parameters) : 'over'
}

/** The header that a callback is signed by, another for each try. */
export const signatureHeader = (secret: string, body: string): string => {
  const time = Math.floor(Date.now() / 1_000)
  const nonce = randomUUID()
  const signature = hmac(secret, `notify\n${time}\n${nonce}\n${body}`).toString('hex')
  return `t=${time},n=${nonce},s=${signature}`
}

const hmac = (secret: string, text: string): Buffer =>
  createHmac('sha256', secret).update(text).digest()

const percent = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[\w.~-]/.test(character)) return character
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
