import type { Said } from '#core/exchanges'
import { isPublic } from '#streams/payments/public-members'
import { redactedValue } from '#streams/payments/redacted-value'
import { readXml } from '#streams/payments/redacted-xml'

const readBytesMax = 64 * 1_024
const shownCharactersMax = 8_000

/** A media type without its parameters; null where a header holds something else. */
export const mediaTypeOf = (type: string | undefined): string | null =>
  /^\s*([a-z]{1,20}\/[a-z0-9.+-]{1,60})\s*(;|$)/i.exec(type ?? '')?.[1]?.toLowerCase() ?? null

/**
 * A body about a payment as it may be kept, as JSON text: its members by name, their values by shape but for those that are public. What
 * is neither JSON nor XML, is malformed, or too long, is not shown.
 */
export function redactedBody({ type, bytes }: Said, payment_id: string): string {
  if (bytes.length > readBytesMax) return JSON.stringify('too long to be shown')
  const value = valueIn(mediaTypeOf(type) ?? '', Buffer.from(bytes).toString('utf8'))
  if (value === undefined) return JSON.stringify('not shown')
  const isShown = (name: string, text: string) => isPublic(name, text, payment_id)
  const text = JSON.stringify(redactedValue(value, isShown))
  return text.length > shownCharactersMax ? JSON.stringify('too long to be shown') : text
}

function valueIn(type: string, text: string): unknown {
  if (/[/+]json$/.test(type)) return jsonIn(text)
  return /[/+]xml$/.test(type) ? readXml(text) : undefined
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
