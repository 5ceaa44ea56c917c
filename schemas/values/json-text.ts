import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

/**
 * JSON text as JSON.stringify writes it, so that the same value is the same bytes. Throws
 * InvalidValueError, also for whole numbers beyond 2^53: two of them could become the same bytes.
 */
export function parseJsonText(input: unknown): string {
  const text = textOf(input, 'JSON text')
  return text === '{}' ? text : jsonTextOf(readJson(text))
}

/**
 * The text of a JSON value. Throws InvalidValueError where it has none, such as undefined, and for
 * a number that lost digits when it was read, which would be written as another.
 */
export function jsonTextOf(value: unknown): string {
  checkNumbers(value)
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw new InvalidValueError('has no JSON text')
  return text
}

function checkNumbers(value: unknown): void {
  if (typeof value === 'number' && (!Number.isFinite(value) || isBeyondDigits(value))) {
    throw new InvalidValueError('has a number beyond 2^53, which loses digits; write it as text')
  }
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkNumbers)
}

const isBeyondDigits = (value: number) => Number.isInteger(value) && !Number.isSafeInteger(value)

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
