import {
  isDone,
  answerText,
  leadsTo,
  redirectText,
} from '#apps/corrente/conformance/checks/answers'
import {
  type Json,
  type Observed,
  ofAnswer,
  ofPayment,
  type PaymentName,
  paymentSeen,
  type SeenEvent,
} from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import { at, eventsText, numbersOf, openedIn } from '#apps/corrente/conformance/read-event'

/** Silence proves something only of a proxy that goes on: the payment written last must have been taken. */
const whereItGoesOn = (observed: Observed, outcome: () => Outcome): Outcome => {
  const last = paymentSeen(observed, 'last')
  return last && openedIn(last)
    ? outcome()
    : notTried('the payment written after it was not taken, so silence says nothing')
}

/** Passes where nothing was written of the payment and what came after it was taken. */
export const ignored = (name: PaymentName) =>
  ofPayment(name, ({ events }, observed) =>
    events.length > 0
      ? failed('no event', eventsText(events))
      : whereItGoesOn(observed, () => passed('no event, and a later payment was taken')),
  )

/** What an event says apart from when it was written and when the payment was checked. */
function content({ value }: SeenEvent): string {
  const { updated_at: _updated, event_id: _id, event_created_at: _created, ...rest } = value
  const { update: _update, ...links } = (at(value, 'links') ?? {}) as Json
  return JSON.stringify({ ...rest, links })
}

const pendingAgain = ofPayment('pending-again', ({ events, repeatedAfter = 0 }, observed) => {
  const before = events[repeatedAfter - 1]
  if (!before) return notTried('the payment was not taken in the first place')
  const after = events.slice(repeatedAfter)
  const reopened = after.filter((event) => numbersOf(event) !== numbersOf(before))
  if (reopened.length > 0) return failed('no second debt', `other numbers: ${eventsText(reopened)}`)
  const others = after.filter((event) => content(event) !== content(before))
  return others.length > 0
    ? failed('no event', eventsText(others))
    : whereItGoesOn(observed, () => passed('no event, and a later payment was taken'))
})

const dueStored = ofAnswer('due-update', (answer) =>
  isDone(answer)
    ? passed(answerText(answer))
    : failed('2xx from its address to be checked at', answerText(answer)),
)

const duePayable = ofAnswer('due-online', (answer) =>
  leadsTo(answer) === undefined
    ? failed('a redirect to the page to pay at', answerText(answer))
    : passed(redirectText(answer)),
)

const malformed = ofPayment('last', (last, { malformedCount }) => {
  if (malformedCount === 0) return notTried('no malformed event was written')
  const opened = openedIn(last)
  return opened
    ? passed(`${malformedCount} malformed events, and the payment after them was taken`)
    : failed('the payment after them taken', eventsText(last.events))
})

/** What it must leave alone, and what it must take that is not its own. */
export const ignoredChecks: readonly Check<Observed>[] = [
  {
    id: 'pending-known-ignored',
    requirement: 'a PAYMENT_PENDING event that was processed already is ignored',
    source: 'acceptance list',
    judge: pendingAgain,
  },
  {
    id: 'pending-new-stored',
    requirement: 'a PAYMENT_PENDING event not yet processed, of a configured service, is stored',
    source: 'acceptance list',
    judge: dueStored,
  },
  {
    id: 'pending-new-payable',
    requirement: 'a payment that came as PAYMENT_PENDING can be paid as its own can',
    source: 'acceptance list',
    judge: duePayable,
  },
  {
    id: 'service-unknown-ignored',
    requirement: 'a payment of a service without a configuration is left to other proxies',
    source: 'consumer rules',
    judge: ignored('service-unknown'),
  },
  {
    id: 'service-inactive-ignored',
    requirement: 'a payment of a service whose configuration is inactive is left alone',
    source: 'consumer rules',
    judge: ignored('service-inactive'),
  },
  {
    id: 'version-1-ignored',
    requirement: 'an event of version 1.0 is discarded',
    source: 'T2',
    judge: ignored('version-1'),
  },
  {
    id: 'version-3-ignored',
    requirement: 'an event of version 3.0 is discarded',
    source: 'T2, T15',
    judge: ignored('version-3'),
  },
  {
    id: 'malformed-survived',
    requirement: 'malformed events do not stop it',
    source: 'T13',
    judge: malformed,
  },
]
