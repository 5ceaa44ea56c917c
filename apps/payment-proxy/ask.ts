import { within } from '#apps/platform/deadline'
import { Problem } from '#apps/platform/problem'
import { RejectedError } from '#core/errors'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import type { Intermediary, IntermediaryConnector } from '#ports/intermediary'

/** Longest wait for an intermediary, milliseconds. */
const answerMsMax = 4_500

/** The intermediary of a payment. Problem 502 where its configuration cannot be used. */
export function intermediaryOf(
  connector: IntermediaryConnector,
  { configuration }: ServedPayment,
): Intermediary {
  try {
    return connector.connect(configuration)
  } catch (error) {
    throw refusal(error)
  }
}

/**
 * One question to an intermediary. TransientError where it gave no answer, Problem 504 where it took too long,
 * 502 where it refused.
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

const refusal = (error: unknown): unknown =>
  error instanceof RejectedError
    ? new Problem(502, error.message, { members: { code: error.code } })
    : error

/** Problem 501: the intermediary offers nothing of the kind. */
export const notOffered = (connector: string, what: string): Problem =>
  new Problem(501, `${connector} offers no ${what}`)
