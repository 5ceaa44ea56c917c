import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

/**
 * JSON text as JSON.stringify writes it, so that the same value is the same bytes. Throws
 * InvalidValueError.
 */
export function parseJsonText(input: unknown): string {
  const text = textOf(input, 'JSON text')
  return text === '{}' ? text : jsonTextOf(readJson(text))
}

/** The text of a JSON value. Throws InvalidValueError where it has none, such as undefined. */
export function jsonTextOf(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw new InvalidValueError('has no JSON text')
  return text
}

/**
 * The value of a JSON text; `Value` is the caller's word, nothing is checked. Throws
 * InvalidValueError.
 */
export function readJson<Value = unknown>(text: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch {
    throw new InvalidValueError('is not JSON')
  }
}
