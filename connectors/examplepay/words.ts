import { z } from 'zod'
import { parseDateTime } from '#schemas/values/date-time'

/** Decimal text with two digits, so that no float ever touches it. */
export const Amount = z.string().regex(/^\d{1,10}\.\d{2}$/)
/** The key of a debt that we open. */
export const Iud = z.string().regex(/^[0-9a-f]{32}$/)
/** What a debt is asked for by: its iud, or the number on its notice. */
export const Key = z.string().regex(/^(?:[0-9a-f]{32}|\d{18})$/)
/** The key of a debt as it is told. */
export const ToldIud = z.string().regex(/^[0-9a-f]{32}$/i)
/** One that came as a JSON number has lost digits: refused. */
export const NoticeNumber = z.string().regex(/^\d{18}$/)
export const Iuv = z.string().min(1).max(35)
/** A date and time with an offset. */
export const Moment = z.string().transform((text, context) => {
  try {
    return parseDateTime(text)
  } catch {
    context.addIssue('not a date and time with an offset')
    return z.NEVER
  }
})
