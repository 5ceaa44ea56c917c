import { within } from '#apps/platform/deadline'
import { Problem, tryLater } from '#apps/platform/problem'
import { RejectedError, TransientError } from '#core/errors'
import type { Desk } from '#apps/payment-proxy/desk'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import type { Intermediary } from '#ports/intermediary'
import { notedIntermediary } from '#streams/payments/noted-intermediary'

/** Longest wait for an intermediary, milliseconds. */
const answerMsMax = 4_500

/** The intermediary of a payment; what it exchanges is noted. Problem 502 where its configuration cannot be used. */
export function intermediaryOf(
  { connector, notesOf }: Pick<Desk, 'connector' | 'notesOf'>,
  { configuration, row }: ServedPayment,
): Intermediary {
  try {
    const intermediary = connector.connect(configuration)
    if (!notesOf) return intermediary
    const note = notesOf({ payment_id: row.id, connector: connector.name })
    return notedIntermediary(intermediary, note)
  } catch (error) {
    throw refusal(error)
  }
}

/**
 * One question to an intermediary. Problem 504 where it took too long, 502 where it refused, and with when to try
 * again where it gave no answer of its own: 503 is what we say of ourselves.
 */
export async function ask<Answer>(
  question: (signal: AbortSignal) => Promise<Answer>,
  timeoutMs = answerMsMax,
): Promise<Answer> {
  const late = () => new Problem(504, 'the intermediary did not answer in time')
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    // The deadline holds for a connector that does not heed the signal, too.
    return await within(timeoutMs, question(signal), late)
  } catch (error) {
    if (signal.aborted) throw late()
    throw refusal(error)
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof RejectedError) {
    return new Problem(502, error.message, { members: { code: error.code } })
  }
  if (!(error instanceof TransientError)) return error
  const { headers } = tryLater('')
  return new Problem(502, error.message, { headers })
}

/** Problem 501: the intermediary offers nothing of the kind. */
export const notOffered = (connector: string, what: string): Problem =>
  new Problem(501, `${connector} offers no ${what}`)
