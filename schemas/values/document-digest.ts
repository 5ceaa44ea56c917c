import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

/**
 * The SHA-256 of a document as pagoPA wants it with a digital stamp: base64, 44 characters; given so or in hex, with or
 * without `sha256:` before it. Throws InvalidValueError: pagoPA refuses the receipt of any other.
 */
export function parseDocumentDigest(input: unknown): string {
  const digest = textOf(input, 'a digest').replace(/^sha-?256:/i, '')
  if (/^[\da-f]{64}$/i.test(digest)) return Buffer.from(digest, 'hex').toString('base64')
  if (!/^[A-Za-z\d+/]{43}=$/.test(digest)) throw new InvalidValueError('is no SHA-256')
  return Buffer.from(digest, 'base64').toString('base64')
}
