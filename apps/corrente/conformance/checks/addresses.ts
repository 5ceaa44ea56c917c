import {
  answerText,
  documentText,
  isDone,
  isPdf,
  leadsTo,
  redirectText,
} from '#apps/corrente/conformance/checks/answers'
import {
  type ExchangeName,
  type Observed,
  ofAnswer,
  ofPayment,
} from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  notApplicable,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import { at, eventsText, shownUrl, statusOf, textAt } from '#apps/corrente/conformance/read-event'

const document = (name: 'notice' | 'receipt' | 'notice-other-name') =>
  ofAnswer(name, (answer) =>
    isDone(answer) && isPdf(answer)
      ? passed(documentText(answer))
      : failed('200 and a PDF', documentText(answer)),
  )

const redirect = (name: 'online' | 'landing') =>
  ofAnswer(name, (answer) =>
    leadsTo(answer) === undefined
      ? failed('a redirect to an http or https address', answerText(answer))
      : passed(redirectText(answer)),
  )

/** Judges the event that tells of an address having been called; not tried where it was not. */
const recorded = (name: ExchangeName, link: string, status?: string) =>
  ofAnswer(name, (_answer, observed) =>
    ofPayment('main', ({ events }) => {
      const told = events.find(
        (event) =>
          textAt(event.value, 'links', link, 'last_opened_at') !== undefined &&
          (status === undefined || statusOf(event) === status),
      )
      const wanted = `an event with links.${link}.last_opened_at`
      return told
        ? passed(`${statusOf(told)} at ${told.at}`)
        : failed(status ? `${wanted} and status ${status}` : wanted, eventsText(events))
    })(observed),
  )

const landsAt = ofAnswer('landing', (answer, observed) =>
  ofPayment('main', ({ written }) => {
    const page = textAt(written, 'links', 'online_payment_landing', 'url') ?? ''
    const expected = `a redirect to ${shownUrl(page)}, links.online_payment_landing`
    return leadsTo(answer) === page
      ? passed(redirectText(answer))
      : failed(expected, redirectText(answer))
  })(observed),
)

const dayMs = 24 * 3_600_000

const updateRecorded = ofAnswer('update', (_answer, observed) =>
  ofPayment('main', ({ events }) => {
    const told = events.find(({ value }) => textAt(value, 'links', 'update', 'last_check_at'))
    if (!told) return failed('an event with links.update.last_check_at', eventsText(events))
    return nextCheck(told.value, `${statusOf(told)} at ${told.at}`)
  })(observed),
)

/** A payment that is open is checked again, at the latest after a day. */
function nextCheck(value: unknown, seen: string): Outcome {
  const [last, next] = ['last_check_at', 'next_check_at'].map((name) =>
    Date.parse(textAt(value, 'links', 'update', name) ?? ''),
  )
  const isOpen = /^PAYMENT_(PENDING|STARTED)$/.test(textAt(value, 'status') ?? '')
  if (!isOpen) return passed(seen)
  const isLater = next! > last! && next! - last! <= dayMs
  return isLater
    ? passed(seen)
    : failed(
        'next_check_at after last_check_at, by a day at most',
        `${seen}, ${JSON.stringify(at(value, 'links', 'update', 'next_check_at') ?? null)}`,
      )
}

const paid = (observed: Observed): Outcome => {
  if (!observed.paid) return notTried('the run ended before it')
  if ('untried' in observed.paid) return notTried(observed.paid.untried)
  return ofPayment('main', ({ events }) => {
    const complete = events.find((event) => statusOf(event) === 'COMPLETE')
    if (!complete) return failed('an event with status COMPLETE', eventsText(events))
    const members = [
      ['payment', 'paid_at'],
      ['payment', 'transaction_id'],
    ]
    const missing = members.filter((path) => !textAt(complete.value, ...path))
    return missing.length === 0
      ? passed(`COMPLETE at ${complete.at}`)
      : failed(
          'paid_at and transaction_id',
          `none at ${missing.map((path) => `/${path.join('/')}`).join(', ')}`,
        )
  })(observed)
}

const bothNames = (observed: Observed): Outcome => {
  const found = observed.exchanges['notice-other-name']
  return found && 'untried' in found && found.untried.startsWith('its address')
    ? notApplicable(found.untried)
    : document('notice-other-name')(observed)
}

const update = ofAnswer('update', (answer) =>
  isDone(answer) ? passed(answerText(answer)) : failed('2xx', answerText(answer)),
)

/** The addresses in the links of a payment, each called as its caller does. */
export const addressChecks: readonly Check<Observed>[] = [
  {
    id: 'notice',
    requirement: 'links.offline_payment gives the notice as a PDF',
    source: 'acceptance list, T3',
    judge: document('notice'),
  },
  {
    id: 'notice-recorded',
    requirement: 'that the notice was opened is written in an event',
    source: 'payment URLs',
    judge: recorded('notice', 'offline_payment'),
  },
  {
    id: 'notice-both-names',
    requirement: 'the notice is served as /notice/{id} and as /offline-payment/{id}',
    source: 'T3 (inferred: sources differ)',
    judge: bothNames,
  },
  {
    id: 'update',
    requirement: 'links.update can be called',
    source: 'acceptance list',
    judge: update,
  },
  {
    id: 'update-recorded',
    requirement: 'after the call an event tells of the check, and of the next one within a day',
    source: 'acceptance list, T6',
    judge: updateRecorded,
  },
  {
    id: 'online',
    requirement: 'links.online_payment_begin redirects to the page to pay at',
    source: 'acceptance list',
    judge: redirect('online'),
  },
  {
    id: 'online-recorded',
    requirement: 'that the payer went to pay is written as PAYMENT_STARTED',
    source: 'payment URLs, states',
    judge: recorded('online', 'online_payment_begin', 'PAYMENT_STARTED'),
  },
  {
    id: 'landing',
    requirement: 'the way back from the page to pay at leads through the proxy to the application',
    source: 'acceptance list',
    judge: landsAt,
  },
  {
    id: 'landing-recorded',
    requirement: 'that the payer came back is written in an event',
    source: 'payment URLs',
    judge: recorded('landing', 'online_payment_landing'),
  },
  {
    id: 'paid',
    requirement: 'a payment that was paid becomes COMPLETE, with its moment and transaction',
    source: 'states, event',
    judge: paid,
  },
  {
    id: 'receipt',
    requirement: 'links.receipt gives the receipt as a PDF once it is paid',
    source: 'acceptance list',
    judge: document('receipt'),
  },
]
