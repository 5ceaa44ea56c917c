import type {
  ApplicationUpdate,
  KeptPayment,
  Payment,
  PaymentAnomaly,
  PaymentFact,
  PaymentFactType,
  PaymentStatus,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { instantOf } from '#schemas/values/date-time'
import { isLegalStep } from '#streams/payments/payment-lifecycle'

/** What a fact changes: the row, versions of the payment to write (oldest first), things a person has to see. */
export interface Decision {
  readonly kept?: KeptPayment
  readonly versions: readonly Payment[]
  readonly anomalies: readonly Unstamped<PaymentAnomaly>[]
  /** What is asked of whoever tells applications. */
  readonly updates?: readonly Unstamped<ApplicationUpdate>[]
  /** When the time of the payment is looked at. */
  readonly wakeAt?: string
}

export type FactOf<Type extends PaymentFactType> = Extract<PaymentFact, { readonly type: Type }>

/** Money as somebody reported it; null where nothing was said. Amounts in cents. */
export type ReportedMoney = Pick<PaymentAnomaly, 'amount' | 'transaction_id' | 'paid_at'>

export type AnomalyKind =
  | 'settled-again'
  | 'settled-twice'
  | 'settled-after-final'
  | 'amount-differs'
  | 'unknown-payment'
  | 'application-refused'
  | 'illegal-step'
  | 'retry-refused'

export const unchanged: Decision = { versions: [], anomalies: [] }

/** The later of two instants, as it was written. */
export const later = (one: string | null, other: string): string =>
  one !== null && instantOf(one) > instantOf(other) ? one : other

/** The next version of the payment. Facts of several writers may overtake each other: `updated_at` never goes back. */
export function nextVersion(
  kept: KeptPayment,
  fact: PaymentFact,
  changes: Partial<Payment>,
): Decision {
  const updated_at = later(kept.payment.updated_at, fact.occurred_at)
  const payment = { ...kept.payment, ...changes, updated_at }
  return { kept: { ...kept, payment }, versions: [payment], anomalies: [] }
}

/** The payment ends in the state, unless it is there; an anomaly where the step is not legal. */
export function ended(
  kept: KeptPayment,
  fact: PaymentFact,
  status: PaymentStatus,
  details: Partial<Payment['payment']> = {},
): Decision {
  const { payment } = kept
  if (payment.status === status) return unchanged
  if (!isLegalStep(payment.status, status)) {
    return anomaly(kept, fact, {
      kind: 'illegal-step',
      message: `${status} does not follow ${payment.status}`,
    })
  }
  const update = { ...payment.links.update, next_check_at: null }
  return nextVersion(kept, fact, {
    status,
    payment: { ...payment.payment, ...details },
    links: { ...payment.links, update },
  })
}

const nothingReported: ReportedMoney = { amount: null, transaction_id: null, paid_at: null }

function moneyOf(fact: PaymentFact): ReportedMoney {
  if (fact.type === 'Settled') return fact.settled
  return fact.type === 'Checked' ? fact.checked : nothingReported
}

interface Finding {
  readonly kind: AnomalyKind
  /** Holds no personal value. */
  readonly message: string
  /** What the fact itself reports where it is not said. */
  readonly money?: ReportedMoney
}

/** Leaves the payment as it is and tells a person. */
export function anomaly(
  kept: KeptPayment | undefined,
  fact: PaymentFact,
  { kind, message, money = moneyOf(fact) }: Finding,
): Decision {
  const about = {
    payment_id: fact.payment_id,
    kind,
    message,
    status: kept?.payment.status ?? null,
    connector: kept?.connector ?? null,
    tenant_id: kept?.payment.tenant_id ?? null,
    amount: money.amount,
    transaction_id: money.transaction_id,
    paid_at: money.paid_at,
    fact_event_id: fact.event_id,
  }
  return { versions: [], anomalies: [about] }
}
