import { RejectedError, TransientError } from '#core/errors'
import { defineTask, setAside, to } from '#core/processor'
import type { ApplicationRegister } from '#ports/application-register'
import type { ApplicationUpdate } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { judgeApplication } from '#streams/payments/judge-application'

/**
 * Tells the register of applications how a payment ended and reports `Notified`. An application that does not
 * take the outcome and never will is `ApplicationRefused` and a dead letter; all else is tried again.
 */
export const applicationNotifier = ({ register }: { readonly register: ApplicationRegister }) =>
  defineTask({
    name: 'application-notifier',
    input: topics.applicationUpdates,
    outputs: [topics.paymentFacts],
    orderBy: ({ application_id }) => application_id,
    partyOf: () => 'register',
    concurrency: 32,
    timeoutMs: 4_000,
    // It says nothing of the payment that nobody took its outcome: beyond a week an operator decides.
    retry: { delayMsFirst: 500, delayMsMax: 60_000, ageMsMax: 7 * 24 * 3_600_000 },

    async run(update, { now, signal }) {
      const { payment_id, notify_url: url } = update
      const fact = { payment_id, occurred_at: formatDateTime(now) }
      try {
        const application_status = await handedOver(register, update, signal)
        const notified = { url, application_status }
        return [to(topics.paymentFacts, { ...fact, type: 'Notified', notified })]
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        const application_refused = { url, code: error.code, message: error.message }
        return [
          to(topics.paymentFacts, { ...fact, type: 'ApplicationRefused', application_refused }),
          setAside(error),
        ]
      }
    },
  })

/** The application's status where it had the outcome before, null where it took it now. */
async function handedOver(
  register: ApplicationRegister,
  update: ApplicationUpdate,
  signal: AbortSignal,
): Promise<number | null> {
  const { status, status_code, status_message, payment_id, transaction_id, notify_url } = update
  const data = { payment_id, ...(transaction_id === null ? {} : { transaction_id }) }
  const outcome = { status, status_code, status_message, data }
  if ((await register.reportOutcome(notify_url, outcome, signal)) === 'accepted') return null

  const applicationStatus = await register.findStatus(applicationUrlOf(notify_url), signal)
  const judgement = judgeApplication(status, applicationStatus)
  if (judgement === 'done') return applicationStatus
  const fact = `the application is in status ${applicationStatus}, which takes no ${status}`
  throw judgement === 'refused'
    ? new RejectedError('application-refused', fact)
    : new TransientError(fact, { isOfParty: false })
}

const applicationUrlOf = (notifyUrl: string): string => notifyUrl.replace(/\/payment\/?$/, '')
