import { expect, it } from 'vitest'
import { parseDocumentDigest } from '#schemas/values/document-digest'
import { InvalidValueError } from '#schemas/values/invalid-value'

const hex = '0f'.repeat(32)
const digest = Buffer.from(hex, 'hex').toString('base64')

it.each([hex, hex.toUpperCase(), `sha256:${hex}`, `SHA-256:${hex}`, digest, `sha256:${digest}`])(
  'is base64 of the SHA-256, once, whatever it came as: %s',
  (text) => {
    expect(parseDocumentDigest(text)).toBe(digest)
    expect(digest).toHaveLength(44)
  },
)

it.each(['', 'sha256:0f0f', hex.slice(1), Buffer.from(digest).toString('base64'), `md5:${hex}`])(
  'is none: %j',
  (text) => {
    expect(() => parseDocumentDigest(text)).toThrow(InvalidValueError)
  },
)
