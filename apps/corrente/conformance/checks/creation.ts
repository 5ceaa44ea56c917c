import {
  type Observed,
  ofPayment,
  type SeenEvent,
  type TrialPayment,
} from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import {
  at,
  eventsText,
  numbersOf,
  openedIn,
  statusOf,
  textAt,
} from '#apps/corrente/conformance/read-event'

/** Passes where the payment came to be payable. */
export const taken = (payment: TrialPayment): Outcome => {
  const opened = openedIn(payment)
  return opened
    ? passed(`PAYMENT_PENDING at ${opened.at}`)
    : failed('an event with status PAYMENT_PENDING', eventsText(payment.events))
}

/** Judges the event by which the main payment became payable. */
const ofOpened = (
  judge: (opened: SeenEvent, payment: TrialPayment, observed: Observed) => Outcome,
) =>
  ofPayment('main', (payment, observed) => {
    const opened = openedIn(payment)
    return opened ? judge(opened, payment, observed) : notTried('no event made the payment payable')
  })

const numbers = ofOpened(({ value }, _payment, { unnumbered }) => {
  const notice = at(value, 'payment', 'notice_code') ?? null
  const iuv = at(value, 'payment', 'iuv') ?? null
  if (unnumbered !== undefined && notice === null && iuv === null) return notTried(unnumbered)
  const isNotice = typeof notice === 'string' && /^\d{18}$/.test(notice)
  const isIuv = typeof iuv === 'string' && iuv !== ''
  const isRight = (isNotice || notice === null) && (isIuv || iuv === null) && (isNotice || isIuv)
  const seen = `notice_code ${JSON.stringify(notice)}, iuv ${JSON.stringify(iuv)}`
  return isRight ? passed(seen) : failed('an iuv, or a notice_code of 18 digits, as text', seen)
})

const linkNames = ['online_payment_begin', 'update'] as const

const links = ofOpened((opened) => {
  const isWeb = (name: string) =>
    /^https?:\/\/\S+$/.test(textAt(opened.value, 'links', name, 'url') ?? '')
  const missing = linkNames.filter((name) => !isWeb(name))
  return missing.length === 0
    ? passed(`${linkNames.join(', ')} have http or https addresses`)
    : failed('http or https addresses', `none for ${missing.join(', ')}`)
})

const textMembers = [
  ['id'],
  ['user_id'],
  ['type'],
  ['tenant_id'],
  ['service_id'],
  ['reason'],
  ['remote_id'],
  ['payment', 'currency'],
  ['payment', 'iud'],
  ['links', 'online_payment_landing', 'url'],
  ...[
    'type',
    'tax_identification_number',
    'name',
    'family_name',
    'street_name',
    'building_number',
    'postal_code',
    'town_name',
    'country_subdivision',
    'country',
    'email',
  ].map((name) => ['payer', name]),
]
const instantMembers = [['created_at'], ['payment', 'expire_at']]

const whole = ofOpened(({ value }, { written }) => {
  const differs = (same: (one: unknown, other: unknown) => boolean) => (path: readonly string[]) =>
    !same(at(value, ...path) ?? null, at(written, ...path) ?? null)
  const lost = [
    ...textMembers.filter(differs((one, other) => one === other)),
    ...instantMembers.filter(
      differs((one, other) => Date.parse(String(one)) === Date.parse(String(other))),
    ),
    ...[['payment', 'amount']].filter(differs((one, other) => Number(one) === Number(other))),
  ].map((path) => `/${path.join('/')}`)
  return lost.length === 0
    ? passed('every member of the first event is in the next')
    : failed('the members of the first event', `others at ${lost.join(', ')}`)
})

const again = ofPayment('creation-again', ({ events, repeatedAfter = 0 }) => {
  const [opened] = events
  if (!opened || repeatedAfter === 0) return notTried('the first of the two events was not taken')
  const others = events.filter(
    (event) => statusOf(event) === 'CREATION_FAILED' || numbersOf(event) !== numbersOf(opened),
  )
  return others.length === 0
    ? passed('one debt, with one pair of numbers')
    : failed('no second debt', eventsText(others))
})

/** From CREATION_PENDING to PAYMENT_PENDING. */
export const creationChecks: readonly Check<Observed>[] = [
  {
    id: 'debt-created',
    requirement: 'for a CREATION_PENDING event a debt is created, and PAYMENT_PENDING written',
    source: 'acceptance list',
    judge: ofPayment('main', taken),
  },
  {
    id: 'numbers',
    requirement: 'PAYMENT_PENDING carries the notice code or the IUV',
    source: 'event',
    judge: numbers,
  },
  {
    id: 'links',
    requirement: 'PAYMENT_PENDING carries the addresses to pay and of the update',
    source: 'event',
    judge: links,
  },
  {
    id: 'whole-state',
    requirement: 'each event is the whole payment: what others wrote in it stays',
    source: 'event',
    judge: whole,
  },
  {
    id: 'creation-repeated',
    requirement: 'the same CREATION_PENDING told again opens no second debt',
    source: 'consumer rules',
    judge: again,
  },
]
