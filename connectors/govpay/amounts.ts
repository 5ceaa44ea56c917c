import { isLosslessNumber } from 'lossless-json'
import type { LosslessNumber } from 'lossless-json'
import { z } from 'zod'
import { parseCents } from '#schemas/values/cents'

/** An amount as we keep it in a request: decimal text, so that no float ever touches it. */
export const Amount = z.string().regex(/^\d{1,12}\.\d{2}$/)

/** An amount as GovPay tells it, a JSON number or text, in cents. Its digits are read as they were written. */
export const Cents = z
  .union([z.custom<LosslessNumber>(isLosslessNumber), z.string()])
  .transform((told, context) => {
    try {
      return parseCents(plain(String(told)))
    } catch {
      context.addIssue('is not an amount')
      return z.NEVER
    }
  })

const exponent = /^(\d)\.?(\d*)E\+?(\d{1,2})$/i

// Java writes a double from ten million on as 1.23456789E7.
const plain = (text: string): string => {
  const [, first = '', rest = '', places] = exponent.exec(text) ?? []
  if (places === undefined) return text
  const digits = rest.padEnd(Number(places), '0')
  return `${first}${digits.slice(0, Number(places))}.${digits.slice(Number(places)) || '0'}`
}

/**
 * The JSON text of what is asked, its amounts as JSON numbers with the same digits. A quote within a text is escaped, so
 * that what is found is a member's name and no text.
 */
export const withNumbers = (asked: object): string =>
  JSON.stringify(asked).replace(/"importo":"(\d+\.\d\d)"/g, '"importo":$1')
