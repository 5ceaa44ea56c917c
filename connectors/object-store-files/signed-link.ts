import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link leads to, until when, and under which name it is saved. */
export interface SignedLink {
  readonly key: string
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number
  readonly filename: string
}

type Secrets = readonly Uint8Array[]

/** The part of a URL behind its base: the key as a path, and the rest as a query. */
export function signedPath(link: SignedLink, [secret]: Secrets): string {
  const query = new URLSearchParams({
    expires: String(link.expiresAtMs),
    name: link.filename,
    signature: signature(link, secret!).toString('base64url'),
  })
  return `/${link.key}?${query.toString()}`
}

const given = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * The link as it was signed; undefined where anything in it is not. Takes as long for a wrong signature as for a right
 * one. Whether it is still good is not looked at.
 */
export function verifiedLink(
  key: string,
  query: Readonly<Record<string, unknown>>,
  secrets: Secrets,
): SignedLink | undefined {
  const expires = given(query['expires'])
  const link = { key, expiresAtMs: Number(expires), filename: given(query['name']) }
  // Another way to write the same instant would be another link that nobody made.
  if (String(link.expiresAtMs) !== expires) return undefined
  const shown = given(query['signature'])
  const bytes = Buffer.from(shown, 'base64url')
  // Letters that the decoder passes over, too.
  if (bytes.toString('base64url') !== shown) return undefined
  const matches = secrets.map((secret) => isEqual(signature(link, secret), bytes))
  return matches.includes(true) ? link : undefined
}

// A list in JSON has one reading: no letter moves from one member to the next.
const signature = ({ key, expiresAtMs, filename }: SignedLink, secret: Uint8Array): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['object link 1', key, expiresAtMs, filename]))
    .digest()

const isEqual = (right: Buffer, shown: Buffer): boolean =>
  right.length === shown.length && timingSafeEqual(right, shown)
