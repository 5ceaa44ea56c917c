import { RejectedError, TransientError } from '#core/errors'
import { defineTask, setAside, to, wakeAt } from '#core/processor'
import type { ApplicationRegister, PaymentOutcome } from '#ports/application-register'
import type { ApplicationUpdate, FailedCreation } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import { judgeApplication } from '#streams/payments/judge-application'

interface Ports {
  readonly register: ApplicationRegister
  /** How long a failed creation can be tried again before its application is told, milliseconds. */
  readonly retryWindowMs: number
}

/**
 * Tells the register of applications how a payment ended and reports `Notified`. An application that does not
 * take the outcome and never will is `ApplicationRefused` and a dead letter; all else is tried again.
 *
 * A failed creation is told only after the retry window, because nothing leads out of an application that was told;
 * whether it was told or is tried again is decided here alone, by what comes first: `Retried` or `RetryRefused`.
 */
export const applicationNotifier = ({ register, retryWindowMs }: Ports) =>
  defineTask({
    name: 'application-notifier',
    input: topics.applicationUpdates,
    outputs: [topics.paymentFacts],
    state: topics.failedCreations,
    timers: true,
    orderBy: ({ application_id }) => application_id,
    partyOf: () => 'register',
    concurrency: 32,
    timeoutMs: 4_000,
    // It says nothing of the payment that nobody took its outcome: beyond a week an operator decides.
    retry: { delayMsFirst: 500, delayMsMax: 60_000, ageMsMax: 7 * 24 * 3_600_000 },

    async run(update, { state, now, newId, signal }) {
      const { payment_id, notify_url: url } = update
      const fact = { payment_id, occurred_at: formatDateTime(now) }
      const creation = state.get(payment_id)
      if (update.status === 'RETRY') return retryAnswered(creation, fact, newId)
      if (creation?.outcome === 'RETRIED') return []
      if (isHeld(update, retryWindowMs)) return [putOff(update, retryWindowMs)]

      const noted = isOfCreation(update) ? [noting(payment_id, 'TOLD')] : []
      try {
        const application_status = await handedOver(register, update, signal)
        const notified = { url, application_status }
        return [to(topics.paymentFacts, { ...fact, type: 'Notified', notified }), ...noted]
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        const application_refused = { url, code: error.code, message: error.message }
        return [
          to(topics.paymentFacts, { ...fact, type: 'ApplicationRefused', application_refused }),
          ...noted,
          setAside(error),
        ]
      }
    },
  })

const noting = (payment_id: string, outcome: FailedCreation['outcome']) =>
  to(topics.failedCreations, { payment_id, outcome })

/** The answer to a request to try a creation again; one that was granted is granted once. */
function retryAnswered(
  creation: FailedCreation | undefined,
  fact: { readonly payment_id: string; readonly occurred_at: string },
  newId: () => string,
) {
  if (creation?.outcome === 'RETRIED') return []
  if (creation?.outcome === 'TOLD') {
    const message = 'its application was told that the creation failed, and has ended'
    const retry_refused = { code: 'application-told', message }
    return [to(topics.paymentFacts, { ...fact, type: 'RetryRefused', retry_refused })]
  }
  const retried = { retry_payment_id: newId() }
  return [
    to(topics.paymentFacts, { ...fact, type: 'Retried', retried }),
    noting(fact.payment_id, 'RETRIED'),
  ]
}

const isOfCreation = ({ status_code }: ApplicationUpdate): boolean =>
  status_code === 'CREATION_FAILED'

const isHeld = (update: ApplicationUpdate, windowMs: number): boolean =>
  isOfCreation(update) && update.held_until === null && windowMs > 0

/** The same update, to be read when its window is over; the window is that of the day on which it was asked for. */
function putOff(update: ApplicationUpdate, windowMs: number) {
  const { event_id: _, event_version: __, event_created_at, app_id: ___, ...rest } = update
  const until = new Date(instantOf(event_created_at) + windowMs)
  return wakeAt(until, { ...rest, held_until: formatDateTime(until) })
}

/** The application's status where it had the outcome before, null where it took it now. */
async function handedOver(
  register: ApplicationRegister,
  update: ApplicationUpdate,
  signal: AbortSignal,
): Promise<number | null> {
  const { notify_url } = update
  const outcome = outcomeOf(update)
  if ((await register.reportOutcome(notify_url, outcome, signal)) === 'accepted') return null

  const applicationStatus = await register.findStatus(applicationUrlOf(notify_url), signal)
  const judgement = judgeApplication(outcome.status, applicationStatus)
  if (judgement === 'done') return applicationStatus
  const fact = `the application is in status ${applicationStatus}, which takes no ${outcome.status}`
  throw judgement === 'refused'
    ? new RejectedError('application-refused', fact)
    : new TransientError(fact, { isOfParty: false })
}

const outcomeOf = (update: ApplicationUpdate): PaymentOutcome => {
  const { status, status_code, status_message, payment_id, transaction_id } = update
  const data = { payment_id, ...(transaction_id === null ? {} : { transaction_id }) }
  return { status: status === 'OK' ? 'OK' : 'KO', status_code, status_message, data }
}

const applicationUrlOf = (notifyUrl: string): string => notifyUrl.replace(/\/payment\/?$/, '')
