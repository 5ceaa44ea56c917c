import type { WebhookAnswer } from '#connectors/webhook/client'
import { RejectedError, TransientError } from '#core/errors'

const gone = 410

/** What an answer means for the notification; nothing where the receiver took it. Throws as `Webhooks` says. */
export function checkAnswer(name: string, answer: WebhookAnswer): void {
  if ('error' in answer) {
    throw new TransientError(`webhook ${name} gave no answer (${answer.error})`)
  }
  const { status } = answer
  if (status >= 200 && status < 300) return
  if (status === gone) {
    throw new RejectedError('webhook-410', `webhook ${name} wants no more of it (410)`)
  }
  // A redirect is an address that is wrong, as most of 4xx are something to mend, there or here: it may be mended in time.
  const isOfRecord = status === 400 || status === 413 || status === 422
  throw new TransientError(`webhook ${name} answered ${status}`, { isOfParty: !isOfRecord })
}
