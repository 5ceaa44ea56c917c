import type {
  AwaitingSettlement,
  KeptPayment,
  Payment,
  PaymentFact,
} from '#schemas/generated/types'
import { formatCents } from '#schemas/values/cents'
import { instantOf } from '#schemas/values/date-time'
import { type Decision, anomaly, ended, unchanged } from '#streams/payments/decision'
import { isFinal } from '#streams/payments/payment-lifecycle'

/**
 * What reported money does to a payment; it is never dropped.
 * - The sum asked for completes it. Another sum does not: a person decides (`amount-differs`). A payment without
 *   a sum takes the one paid.
 * - Before the debt position is known to be open (the notification overtook the opener's fact) it waits in the
 *   row, so that every step on `payments` stays legal.
 * - On a payment that has ended it is an anomaly; only a check that repeats what is known says nothing, and a
 *   notification of what a check had found.
 */
export function settle(kept: KeptPayment, fact: PaymentFact, money: AwaitingSettlement): Decision {
  const { status, payment } = kept.payment
  if (isFinal(status)) return settledAfter(kept, fact, money)
  if (payment.amount !== null && payment.amount !== money.amount) {
    const sums = `${formatCents(money.amount)} was paid, ${formatCents(payment.amount)} is asked for`
    return anomaly(kept, fact, { kind: 'amount-differs', message: sums, money })
  }
  return status === 'CREATION_PENDING'
    ? held(kept, fact, money)
    : ended(kept, fact, 'COMPLETE', money)
}

/** Applies the money that waited for the opener's word, after a decision that brought it. */
export function released(decision: Decision, fact: PaymentFact): Decision {
  const { kept, versions, anomalies } = decision
  if (!kept?.awaiting) return decision
  const row = { ...kept, awaiting: null }
  const then = settle(row, fact, kept.awaiting)
  return {
    kept: then.kept ?? row,
    versions: [...versions, ...then.versions],
    anomalies: [...anomalies, ...then.anomalies],
  }
}

function held(kept: KeptPayment, fact: PaymentFact, money: AwaitingSettlement): Decision {
  if (kept.awaiting === null) return { ...unchanged, kept: { ...kept, awaiting: money } }
  return isSame(kept.awaiting, money)
    ? unchanged
    : anomaly(kept, fact, {
        kind: 'settled-twice',
        message: 'money was reported twice before the opening',
        money,
      })
}

function settledAfter(kept: KeptPayment, fact: PaymentFact, money: AwaitingSettlement): Decision {
  const { status, payment } = kept.payment
  if (status !== 'COMPLETE') {
    return anomaly(kept, fact, {
      kind: 'settled-after-final',
      message: `money was reported after ${status}`,
      money,
    })
  }
  if (!isSame(payment, money)) {
    return anomaly(kept, fact, {
      kind: 'settled-twice',
      message: 'another transaction paid it before',
      money,
    })
  }
  return fact.type === 'Checked' || isFoundByCheck(kept.payment)
    ? unchanged
    : anomaly(kept, fact, {
        kind: 'settled-again',
        message: 'the same transaction was reported before',
        money,
      })
}

// A check that was faster than the notification: that comes by rule, and once more is no news either.
const isFoundByCheck = ({ links: { update }, payment: { paid_at } }: Payment): boolean =>
  update.last_check_at !== null &&
  paid_at !== null &&
  instantOf(update.last_check_at) >= instantOf(paid_at)

type Transaction = Pick<Payment['payment'], 'transaction_id' | 'paid_at'>

// A transaction without a name is known by its moment.
const isSame = (one: Transaction, other: Transaction): boolean =>
  one.transaction_id !== null && other.transaction_id !== null
    ? one.transaction_id === other.transaction_id
    : one.paid_at !== null &&
      other.paid_at !== null &&
      instantOf(one.paid_at) === instantOf(other.paid_at)
