import type { StoryEvent } from '#apps/platform/inspection/story'

/** What came of asking that a payment is created again. */
export type RetryAnswer = { readonly retriedAs: string } | { readonly refused: string }

/** The answer in a payment's story, the last one; one that was granted stays. Undefined where there is none. */
export function retryAnswerIn(
  events: readonly Pick<StoryEvent, 'fact'>[],
  id: string,
): RetryAnswer | undefined {
  let refused: RetryAnswer | undefined
  for (const { fact } of events) {
    if (fact?.payment_id !== id) continue
    if (fact.type === 'Retried') return { retriedAs: fact.retried.retry_payment_id }
    if (fact.type === 'RetryRefused') refused = { refused: fact.retry_refused.message }
  }
  return refused
}

/** Why a payment is not created again whatever is asked, as a sentence; undefined where it can be asked. */
export function whyNotRetried(
  events: readonly Pick<StoryEvent, 'payment'>[],
  id: string,
): string | undefined {
  const last = events.findLast(({ payment }) => payment?.id === id)?.payment
  if (!last) return `no event of ${id} was found: say the id of a payment`
  return last.status === 'CREATION_FAILED'
    ? undefined
    : `the payment is ${last.status}; only a failed creation is tried again`
}
