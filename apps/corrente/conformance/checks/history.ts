import { type Observed, paymentsSeen, type TrialPayment } from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  list,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import { statusOf, textAt } from '#apps/corrente/conformance/read-event'
import type { PaymentStatus } from '#schemas/generated/types'
import { isLegalStep, paymentLifecycle } from '#streams/payments/payment-lifecycle'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What is wrong with the envelopes of events, each seen with the others. */
function envelopeFaults(payments: readonly TrialPayment[]): readonly string[] {
  const used = new Set(payments.map(({ written }) => written['event_id']))
  const writers = new Set(payments.map(({ written }) => written['app_id']))
  const events = payments.flatMap((payment) => payment.events)
  return events.flatMap(({ at: place, value }) => {
    const id = textAt(value, 'event_id') ?? ''
    const app = textAt(value, 'app_id') ?? ''
    const faults = [
      ...(uuid.test(id) ? [] : ['event_id is no UUID']),
      ...(used.has(id) ? ['event_id was used before'] : []),
      ...(/^[^:\s]+:[^:\s]+$/.test(app) ? [] : ['app_id is no <name>:<version>']),
      ...(writers.has(app) ? ['app_id is that of the event before'] : []),
      ...(textAt(value, 'event_created_at') ? [] : ['event_created_at is missing']),
    ]
    used.add(id)
    return faults.map((fault) => `${fault} (${place})`)
  })
}

const envelope = (observed: Observed): Outcome => {
  const payments = paymentsSeen(observed)
  const count = payments.flatMap(({ events }) => events).length
  if (count === 0) return notTried('it wrote no event')
  const faults = envelopeFaults(payments)
  return faults.length === 0
    ? passed(`${count} events, each with an envelope of its own`)
    : failed('a new event_id, event_created_at and its own app_id each time', list(faults))
}

const isStatus = (text: string): text is PaymentStatus => Object.hasOwn(paymentLifecycle, text)

/** Steps that no payment takes, told with their places. */
function illegalSteps({ written, events }: TrialPayment): readonly string[] {
  let from = String(written['status'])
  return events.flatMap((event) => {
    const next = statusOf(event)
    const isLegal = next === from || (isStatus(from) && isStatus(next) && isLegalStep(from, next))
    const step = `${from} to ${next} (${event.at})`
    from = next
    return isLegal ? [] : [step]
  })
}

const lifecycle = (observed: Observed): Outcome => {
  const payments = paymentsSeen(observed)
  const count = payments.filter(({ events }) => events.length > 0).length
  if (count === 0) return notTried('it wrote no event')
  const steps = payments.flatMap(illegalSteps)
  return steps.length === 0
    ? passed(`the steps of ${count} payments`)
    : failed('steps of the documented diagram', list(steps))
}

/** All that it wrote in the run, one event behind the other. */
export const historyChecks: readonly Check<Observed>[] = [
  {
    id: 'envelope',
    requirement: 'each event has an envelope of its own, with the name and version of its writer',
    source: 'event',
    judge: envelope,
  },
  {
    id: 'lifecycle',
    requirement: 'payments go only the documented ways from state to state',
    source: 'states',
    judge: lifecycle,
  },
]
