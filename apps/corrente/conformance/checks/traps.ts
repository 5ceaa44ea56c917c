import { taken } from '#apps/corrente/conformance/checks/creation'
import {
  type Observed,
  ofPayment,
  type PaymentName,
  paymentsSeen,
  type SeenEvent,
  type TrialPayment,
} from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  list,
  notApplicable,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import { at, eventsText, openedIn, textAt } from '#apps/corrente/conformance/read-event'
import { formatDateTime } from '#schemas/values/date-time'

/** What each event it wrote must satisfy; the fault of one, told, or undefined. */
const everyEvent =
  (expected: string, faultOf: (event: SeenEvent, payment: TrialPayment) => string | undefined) =>
  (observed: Observed): Outcome => {
    const events = paymentsSeen(observed).flatMap((payment) =>
      payment.events.map((event) => ({ ...event, fault: faultOf(event, payment) })),
    )
    if (events.length === 0) return notTried('it wrote no event')
    const faults = events.flatMap(({ fault, at: place }) =>
      fault === undefined ? [] : [`${fault} (${place})`],
    )
    return faults.length === 0
      ? passed(`all of ${events.length} events`)
      : failed(expected, list(faults))
  }

/** Only what came in plain JSON may be spelt in several ways. */
const onlyInJson =
  (name: PaymentName) =>
  (observed: Observed): Outcome =>
    observed.encoding === 'json'
      ? ofPayment(name, taken)(observed)
      : notApplicable('the Avro schema of the topic has one form for it')

/** A form that may be taken or refused, but never handed on as it is. */
const takenOrRefused =
  (name: PaymentName, expected: string, faultOf: (event: SeenEvent) => string | undefined) =>
  (observed: Observed): Outcome =>
    ofPayment(name, (payment) => {
      const faults = payment.events.flatMap((event) => faultOf(event) ?? [])
      if (faults.length > 0) return failed(expected, list(faults))
      if (openedIn(payment)) return taken(payment)
      return payment.events.length === 0
        ? notApplicable('it takes no such event, as the reference library does')
        : passed(eventsText(payment.events))
    })(observed)

const splitFault = ({ value }: SeenEvent): string | undefined =>
  Array.isArray(at(value, 'payment', 'split')) ? undefined : 'payment.split is no list'

const splitForm = (name: 'split-null' | 'split-map') => (observed: Observed) =>
  observed.encoding === 'json'
    ? takenOrRefused(name, 'a list', splitFault)(observed)
    : notApplicable('the Avro schema of the topic has one form for it')

const reasonCharactersMax = 140

const reasonFault = ({ value }: SeenEvent): string | undefined => {
  const count = [...(textAt(value, 'reason') ?? '')].length
  return count > reasonCharactersMax ? `a reason of ${count} characters` : undefined
}

const dates = [
  ['created_at'],
  ['updated_at'],
  ['event_created_at'],
  ['payment', 'paid_at'],
  ['payment', 'expire_at'],
  ...['online_payment_begin', 'online_payment_landing', 'offline_payment', 'receipt'].map(
    (name) => ['links', name, 'last_opened_at'],
  ),
  ['links', 'update', 'last_check_at'],
  ['links', 'update', 'next_check_at'],
]

/** The first date that is not as Rome's clock shows it, to the second; what others wrote may be handed on. */
function dateFault({ value }: SeenEvent, { written }: TrialPayment): string | undefined {
  for (const path of dates) {
    const date = at(value, ...path)
    if (date === null || date === undefined || date === at(written, ...path)) continue
    if (typeof date === 'string' && isRomeTime(date)) continue
    return `/${path.join('/')} is ${JSON.stringify(date)}`
  }
  return undefined
}

function isRomeTime(text: string): boolean {
  const instant = Date.parse(text)
  return !Number.isNaN(instant) && formatDateTime(new Date(instant)) === text
}

const versionFault = ({ value }: SeenEvent): string | undefined =>
  value['event_version'] === '2.0'
    ? undefined
    : `event_version is ${JSON.stringify(value['event_version'])}`

/** What writers of the topic do, and what it must write itself. */
export const trapChecks: readonly Check<Observed>[] = [
  {
    id: 'version-integer',
    requirement: 'event_version 2 as an integer is taken',
    source: 'T1',
    judge: onlyInJson('version-integer'),
  },
  {
    id: 'version-float',
    requirement: 'event_version 2.0 as a number is taken',
    source: 'T1',
    judge: onlyInJson('version-float'),
  },
  {
    id: 'version-short',
    requirement: 'event_version "2" as text is taken',
    source: 'T1',
    judge: ofPayment('version-short', taken),
  },
  {
    id: 'version-written',
    requirement: 'event_version is written as the text "2.0"',
    source: 'T1',
    judge: everyEvent('"2.0"', versionFault),
  },
  {
    id: 'dates-taken',
    requirement: 'dates with any offset are taken',
    source: 'T10',
    judge: ofPayment('dates-other-offsets', taken),
  },
  {
    id: 'dates-written',
    requirement: 'dates are written in whole seconds, with the offset of Rome',
    source: 'T10',
    judge: everyEvent('such as 2025-03-10T09:15:02+01:00', dateFault),
  },
  {
    id: 'unknown-members',
    requirement: 'members it does not know, as the collector adds them, are ignored',
    source: 'T11',
    judge: onlyInJson('unknown-members'),
  },
  {
    id: 'split-null',
    requirement: 'a split that is null is taken or refused, never handed on',
    source: 'T12',
    judge: splitForm('split-null'),
  },
  {
    id: 'split-map',
    requirement: 'a split that is a map is taken or refused, never handed on',
    source: 'T12',
    judge: splitForm('split-map'),
  },
  {
    id: 'split-written',
    requirement: 'split is written as a list',
    source: 'T12',
    judge: everyEvent('a list', splitFault),
  },
  {
    id: 'reason-length',
    requirement: 'a reason above 140 characters is cut or refused, never handed on',
    source: 'T14',
    judge: takenOrRefused('reason-long', '140 characters at most', reasonFault),
  },
]
