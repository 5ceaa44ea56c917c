import { InvalidValueError, kindOf, textOf } from '#schemas/values/invalid-value'

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The bytes themselves. Throws InvalidValueError where they are something else. */
export function checkBytes(input: unknown): Buffer {
  if (!Buffer.isBuffer(input))
    throw new InvalidValueError(`is ${kindOf(input)}; bytes are expected`)
  return input
}

/** Bytes of their base64 text (RFC 4648 §4, with padding). Throws InvalidValueError. */
export function parseBase64(input: unknown): Buffer {
  const text = textOf(input, 'base64')
  if (!base64.test(text)) throw new InvalidValueError('is not base64')
  return Buffer.from(text, 'base64')
}

/** The base64 text of bytes. */
export const base64Of = (input: unknown): string => checkBytes(input).toString('base64')
