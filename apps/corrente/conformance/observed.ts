import { notTried, type Outcome } from '#apps/corrente/conformance/outcome'

export type Encoding = 'json' | 'avro'
export type Json = Readonly<Record<string, unknown>>

/** A request and what came of it over HTTP. */
export type Exchange = Answered | Unanswered

export interface Answered {
  /** Method and address, without its query. */
  readonly asked: string
  /** Of the page that asked, where one did. */
  readonly origin?: string
  readonly status: number
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The beginning of the body, a character a byte. */
  readonly body: string
}

interface Unanswered {
  readonly asked: string
  readonly error: string
}

/** An event on `payments` that the kit did not write. */
export interface SeenEvent {
  /** `<topic>@<partition>:<offset>` */
  readonly at: string
  /** As its writer wrote it; amounts of Avro are decimal text. */
  readonly value: Json
}

/** A payment of the kit's, and what others wrote of it. */
export interface TrialPayment {
  readonly id: string
  /** As it was first written. */
  readonly written: Json
  readonly events: readonly SeenEvent[]
  /** How many events had been seen when it was written again. */
  readonly repeatedAfter?: number
}

/** Something that was seen, or the reason why it was not tried. */
export type Observation<T> = { readonly seen: T } | { readonly untried: string }

export const exchangeNames = [
  'status',
  'metrics',
  'tenant-form',
  'service-form',
  'tenant-before',
  'tenant-without-token',
  'tenant-put',
  'tenant-read',
  'tenant-put-again',
  'service-put',
  'service-read',
  'service-post',
  'service-delete',
  'service-read-deleted',
  'preflight',
  'read-from-page',
  'notice',
  'notice-other-name',
  'online',
  'landing',
  'update',
  'receipt',
  'due-update',
  'due-online',
] as const
export type ExchangeName = (typeof exchangeNames)[number]

export const paymentNames = [
  'main',
  'version-integer',
  'version-float',
  'version-short',
  'dates-other-offsets',
  'unknown-members',
  'split-null',
  'split-map',
  'reason-long',
  'creation-again',
  'pending-again',
  'version-1',
  'version-3',
  'service-unknown',
  'service-inactive',
  'due',
  'last',
] as const
export type PaymentName = (typeof paymentNames)[number]

/** All that a run saw. What is not in it was not reached. */
export interface Observed {
  readonly encoding: Encoding
  readonly exchanges: Readonly<Partial<Record<ExchangeName, Observation<Exchange>>>>
  readonly payments: Readonly<Partial<Record<PaymentName, Observation<TrialPayment>>>>
  /** Whether the main payment was paid at the intermediary. */
  readonly paid?: Observation<true>
  /** Why no number to pay by is asked for, where the intermediary gives none. */
  readonly unnumbered?: string
  /** How many events that are none were written before the payment `last`. */
  readonly malformedCount: number
}

const notReached = 'the run ended before it'

/** Judges an answer; what was not asked is not tried, what was not answered fails. */
export const ofAnswer =
  (name: ExchangeName, judge: (answer: Answered, observed: Observed) => Outcome) =>
  (observed: Observed): Outcome => {
    const found = observed.exchanges[name]
    if (!found) return notTried(notReached)
    if ('untried' in found) return notTried(found.untried)
    if ('status' in found.seen) return judge(found.seen, observed)
    const { asked, error } = found.seen
    return { outcome: 'failed', expected: 'an answer', seen: `${asked}: ${error}` }
  }

/** Judges a payment; one that was not written is not tried. */
export const ofPayment =
  (name: PaymentName, judge: (payment: TrialPayment, observed: Observed) => Outcome) =>
  (observed: Observed): Outcome => {
    const found = observed.payments[name]
    if (!found) return notTried(notReached)
    return 'untried' in found ? notTried(found.untried) : judge(found.seen, observed)
  }

/** The payment, where it was written. */
export function paymentSeen(observed: Observed, name: PaymentName): TrialPayment | undefined {
  const found = observed.payments[name]
  return found && 'seen' in found ? found.seen : undefined
}

/** Every payment that was written. */
export const paymentsSeen = (observed: Observed): readonly TrialPayment[] =>
  Object.values(observed.payments).flatMap((found) => ('seen' in found ? [found.seen] : []))
