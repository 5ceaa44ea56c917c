import { parse } from 'lossless-json'
import type { z } from 'zod'
import { TransientError } from '#core/errors'

/** The answer in GovPay's own shape. */
export const parsed = <Answer>(schema: z.ZodType<Answer>, answer: Buffer): Answer => {
  const result = schema.safeParse(jsonOf(answer))
  if (result.success) return result.data
  throw new TransientError('GovPay answered success with something that is not its own')
}

/** A document. */
export const pdf = (answer: Buffer): Uint8Array => {
  if (answer.subarray(0, 5).toString('latin1') === '%PDF-') return answer
  throw new TransientError('GovPay answered success with something that is not a PDF')
}

/** The JSON of an answer, its numbers with all their digits; undefined where it is none. */
export const jsonOf = (answer: Buffer | string): unknown => {
  try {
    return parse(typeof answer === 'string' ? answer : answer.toString('utf8'))
  } catch {
    return undefined
  }
}
