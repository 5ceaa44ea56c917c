import type { ParkedKey } from '#apps/platform/inspection/parked'
import type { StoryEvent } from '#apps/platform/inspection/story'
import type { StoryLetter } from '#apps/platform/inspection/story-letters'
import { placeOf } from '#core/redrive'
import type { Payment, PaymentFact } from '#schemas/generated/types'

/** What somebody who asks "why is this not paid?" wants to hear first. */
export interface PaymentSummary {
  /** Id of the payment; null where none was born yet. */
  readonly payment: string | null
  readonly status: Payment['status'] | null
  readonly isPaid: boolean
  /** How it stands, in words. */
  readonly now: string
  /** What happens next, and when; or what somebody must do. */
  readonly next: string
}

/** A payment's story, and what of it is stuck. */
export interface TellableStory {
  readonly events: readonly StoryEvent[]
  readonly waiting: readonly ParkedKey[]
  readonly letters: readonly StoryLetter[]
}

/** One sentence: how it stands, and what is next. */
export const summaryLine = ({ payment, now, next }: PaymentSummary): string =>
  `${payment === null ? 'no payment' : `payment ${payment}`}: ${now}; next: ${next}`

/** Sums the story up; of several payments of an application the one that came last is meant, unless one is named. */
export function summaryOf({ events, waiting, letters }: TellableStory, id: string): PaymentSummary {
  const versions = events.flatMap(({ payment }) => payment ?? [])
  const last = versions.findLast((one) => one.id === id) ?? versions.at(-1)
  const facts = events.flatMap(({ fact }) => (fact && fact.payment_id === last?.id ? [fact] : []))
  const stuck = stuckIn(waiting, letters)
  if (!last) {
    const next = stuck ?? 'a payment, once the application comes to a status that asks for one'
    return { payment: null, status: null, isPaid: false, now: 'none was born of it', next }
  }
  const { status } = last
  const told = { payment: last.id, status, isPaid: status === 'COMPLETE' }
  return { ...told, now: nowOf(last, facts), next: stuck ?? nextOf(last, facts) }
}

/** What needs somebody, or is tried again: nothing else of the payment goes on before. */
function stuckIn(
  waiting: readonly ParkedKey[],
  letters: readonly StoryLetter[],
): string | undefined {
  const open = letters.findLast(({ decision }) => !decision)?.letter
  if (open) {
    const place = placeOf(open.record)
    return (
      `nothing by itself: ${open.unit} has set a record of it aside (${open.error}), ` +
      `see corrente dlq show ${place}, then redrive or drop it`
    )
  }
  const [first] = waiting
  if (!first) return undefined
  const { unit, dueAtMs, attempts, error, party } = first
  const met = error ?? `${party ?? 'its party'} is away`
  return (
    `${unit} tries again at ${new Date(dueAtMs).toISOString()}, after ${attempts} tries (${met}); ` +
    `corrente parked release ${unit} --key ${first.orderKey} has it tried now`
  )
}

const factOf = <Type extends PaymentFact['type']>(facts: readonly PaymentFact[], type: Type) =>
  facts.findLast((fact): fact is Extract<PaymentFact, { type: Type }> => fact.type === type)

function nowOf({ status, payment, links }: Payment, facts: readonly PaymentFact[]): string {
  switch (status) {
    case 'CREATION_PENDING':
      return 'not paid, since its debt position is not open yet'
    case 'CREATION_FAILED': {
      const refused = factOf(facts, 'Refused')
      return `not paid, since its creation failed${refused ? ` (${refused.refused.code})` : ''}`
    }
    case 'PAYMENT_PENDING':
      return `not paid: it can be${checkedIn(facts)}`
    case 'PAYMENT_STARTED':
      return `not paid: its payer was sent on to pay${atOf(links.online_payment_begin.last_opened_at)}${checkedIn(facts)}`
    case 'COMPLETE':
      return `paid${atOf(payment.paid_at)}`
    case 'EXPIRED':
      return `not paid, since its time is over${atOf(payment.expire_at)}`
    case 'CANCELED':
      return 'not paid, since it was withdrawn'
    case 'PAYMENT_FAILED':
    case 'PAYMENT_CONFIRMED':
    case 'NOTIFICATION_PENDING':
      return `${status}, as its own proxy says`
  }
}

const atOf = (at: string | null): string => (at === null ? '' : ` at ${at}`)

const checkedIn = (facts: readonly PaymentFact[]): string => {
  const checked = factOf(facts, 'Checked')
  return checked
    ? `, and its intermediary said ${checked.checked.state} at ${checked.occurred_at}`
    : ''
}

function nextOf(payment: Payment, facts: readonly PaymentFact[]): string {
  switch (payment.status) {
    case 'CREATION_PENDING':
      return 'its intermediary is asked to open it; corrente lag says whether that is held up'
    case 'CREATION_FAILED':
      return afterFailure(payment, facts)
    case 'PAYMENT_PENDING':
    case 'PAYMENT_STARTED':
      return awaited(payment)
    case 'COMPLETE':
    case 'EXPIRED':
    case 'CANCELED':
      return isTold(payment) ? 'nothing, it has ended' : 'its application is told'
    case 'PAYMENT_FAILED':
    case 'PAYMENT_CONFIRMED':
    case 'NOTIFICATION_PENDING':
      return 'what its own proxy writes'
  }
}

const isTold = ({ links }: Payment): boolean =>
  (links.notify ?? []).every(({ sent_at }) => sent_at !== null)

function afterFailure(payment: Payment, facts: readonly PaymentFact[]): string {
  const retried = factOf(facts, 'Retried')
  if (retried) return `payment ${retried.retried.retry_payment_id}, which took its place`
  return isTold(payment)
    ? 'nothing, it has ended and its application was told'
    : `its application is told, unless corrente payment retry ${payment.id} creates it again before`
}

function awaited({ links, payment }: Payment): string {
  const { next_check_at: at, url } = links.update
  const check =
    at === null || url === null
      ? 'word from its intermediary, which nobody asks'
      : `its intermediary is asked at ${at}, unless it tells before`
  return payment.expire_at === null ? check : `${check}; its time is over at ${payment.expire_at}`
}
