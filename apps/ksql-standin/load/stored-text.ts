import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

/** A text as Postgres can keep it. */
export function keptText(text: string): string {
  if (text.includes('\0')) throw new UnstorableError('a text with U+0000, which is not kept')
  // Half a character becomes the sign for an unreadable one.
  return /\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text
}

/** Bytes as Postgres writes them. */
export const bytesText = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

/** A stored value as a part of a stored array, map or struct. */
export function memberText(type: SqlType, stored: string | null): string {
  if (stored === null) return 'null'
  if (type.kind === 'STRING') return JSON.stringify(stored)
  if (type.kind === 'BYTES') {
    return JSON.stringify(Buffer.from(stored.slice(2), 'hex').toString('base64'))
  }
  if (type.kind === 'DOUBLE' && !Number.isFinite(Number(stored))) {
    throw new UnstorableError('a number that JSON cannot write, within another value')
  }
  return stored
}

/** Members as one stored object. */
export const objectText = (members: readonly (readonly [name: string, text: string])[]): string =>
  `{${members.map(([name, text]) => `${JSON.stringify(keptText(name))}:${text}`).join(',')}}`
