import type { PaymentStatus } from '#schemas/generated/types'

/** Every legal step of a payment. What is not here cannot happen; the last three are other writers' and only read. */
export const paymentLifecycle: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  CREATION_PENDING: ['PAYMENT_PENDING', 'CREATION_FAILED'],
  PAYMENT_PENDING: ['PAYMENT_STARTED', 'COMPLETE', 'CANCELED', 'EXPIRED'],
  PAYMENT_STARTED: ['COMPLETE', 'EXPIRED'],
  COMPLETE: [],
  CREATION_FAILED: [],
  CANCELED: [],
  EXPIRED: [],
  PAYMENT_FAILED: [],
  PAYMENT_CONFIRMED: [],
  NOTIFICATION_PENDING: [],
}

export const isLegalStep = (from: PaymentStatus, next: PaymentStatus): boolean =>
  paymentLifecycle[from].includes(next)

const finalRank = 5
const ranks: Readonly<Record<PaymentStatus, number>> = {
  CREATION_PENDING: 0,
  PAYMENT_PENDING: 1,
  PAYMENT_STARTED: 2,
  PAYMENT_CONFIRMED: 3,
  NOTIFICATION_PENDING: 4,
  COMPLETE: finalRank,
  CREATION_FAILED: finalRank,
  CANCELED: finalRank,
  EXPIRED: finalRank,
  PAYMENT_FAILED: finalRank,
}

/** How far a state is: a payment never goes to a lower rank. All definitive states have the highest. */
export const rankOf = (status: PaymentStatus): number => ranks[status]

/** Whether the debt position is open and the sum can be paid. */
export const isOpen = (status: PaymentStatus): boolean =>
  status === 'PAYMENT_PENDING' || status === 'PAYMENT_STARTED'

/** Whether nothing follows the state, whoever writes it. */
export const isFinal = (status: PaymentStatus): boolean => ranks[status] === finalRank
