import type { ObjectLink } from '#ports/object-store'
import { InvalidValueError } from '#schemas/values/invalid-value'

const daysMax = 7
const nameCharactersMax = 150
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** Milliseconds since 1970 of an instant, its fraction kept. Throws InvalidValueError where the text is none. */
export function instantMs(text: string): number {
  const ms = instantShape.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(ms)) throw new InvalidValueError('is no instant with an offset')
  return ms
}

/**
 * When a link ends, milliseconds since 1970. Throws InvalidValueError where it ended already, is for longer than a store
 * gives, or its name is none of a file.
 */
export function checkLink({ expiresAt, filename }: ObjectLink, nowMs: number): number {
  const expiresAtMs = instantMs(expiresAt)
  if (expiresAtMs <= nowMs) throw new InvalidValueError('is over: no link is made for it')
  if (expiresAtMs > nowMs + daysMax * 24 * 3_600_000) {
    throw new InvalidValueError(`is more than ${daysMax} days ahead: no link is made for so long`)
  }
  checkName(filename)
  return expiresAtMs
}

// Controls, halves of characters, and what turns the direction of a text around so that an extension is hidden.
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

function checkName(name: string): void {
  const isLong = name.length > nameCharactersMax
  if (isLong || name.trim() === '' || unseen.test(name) || /[\\/]|^\.{1,2}$/.test(name)) {
    throw new InvalidValueError(
      `is no name of a file: 1 to ${nameCharactersMax} characters that are seen, and no path`,
    )
  }
}

/**
 * The header that makes a browser save an answer under a name (RFC 6266): in ASCII for the oldest, and as RFC 8187 has it
 * where that is not the same.
 */
export function attachmentNamed(name: string): string {
  const plain = name.replace(/[^ -~]/gu, '_').replace(/["\\%]/g, '_')
  const quoted = `attachment; filename="${plain}"`
  if (plain === name) return quoted
  const encoded = encodeURIComponent(name).replace(/['()*]/g, percented)
  return `${quoted}; filename*=UTF-8''${encoded}`
}

const percented = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
