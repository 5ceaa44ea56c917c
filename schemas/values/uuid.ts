import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const shape = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** A UUID of any version, in lower case. Throws InvalidValueError. */
export function parseUuid(input: unknown): string {
  const text = textOf(input, 'a UUID')
  if (shape.test(text)) return text
  const lower = text.toLowerCase()
  if (!shape.test(lower)) throw new InvalidValueError('is not a UUID')
  return lower
}
