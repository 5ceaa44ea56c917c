import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const pattern = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'

/** What each character code is in the pattern; 0 where it has no place in a UUID. */
const kinds = new Uint8Array(128)
for (const digit of '0123456789abcdef') kinds[digit.charCodeAt(0)] = 'x'.charCodeAt(0)
kinds['-'.charCodeAt(0)] = '-'.charCodeAt(0)

// Each record has several, and a regular expression takes four times as long.
function isUuid(text: string): boolean {
  if (text.length !== pattern.length) return false
  for (let at = 0; at < pattern.length; at++) {
    if (kinds[text.charCodeAt(at)] !== pattern.charCodeAt(at)) return false
  }
  return true
}

/** A UUID of any version, in lower case. Throws InvalidValueError. */
export function parseUuid(input: unknown): string {
  const text = textOf(input, 'a UUID')
  if (isUuid(text)) return text
  const lower = text.toLowerCase()
  if (!isUuid(lower)) throw new InvalidValueError('is not a UUID')
  return lower
}
