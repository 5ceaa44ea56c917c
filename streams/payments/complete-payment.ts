import { z } from 'zod'
import { RejectedError } from '#core/errors'
import type { Payment, PaymentDetails, PaymentSplit, Receiver } from '#schemas/generated/types'
import { parseCents } from '#schemas/values/cents'
import { daysLater } from '#schemas/values/date-time'
import { ServiceMembers } from '#streams/payments/configuration-members'
import { cutReason, isGivenReason } from '#streams/payments/payment-reason'
import { splitShares } from '#streams/payments/split-shares'

const Members = z.object(
  ServiceMembers.pick({
    payment_type: true,
    amount: true,
    reason: true,
    expire_at: true,
    receiver: true,
    collection_data: true,
    split: true,
  }).shape,
)
type Members = z.infer<typeof Members>

/**
 * The payment with what it does not say taken from the configuration of its service; what it says stands. Throws
 * RejectedError('bad-configuration') naming the member, also where the configured shares do not make the payment's
 * amount.
 */
export function completePayment(payment: Payment, service: unknown): Payment {
  const members = membersOf(service)
  const { reason, created_at, payment: details } = payment
  const amount =
    details.amount ?? (members.amount === undefined ? null : parseCents(members.amount))
  const own = members.reason
  return {
    ...payment,
    reason: own === undefined || isGivenReason(reason, payment) ? reason : cutReason(own),
    payment: {
      ...details,
      amount,
      expire_at: details.expire_at ?? deadlineOf(created_at, members),
      split: details.split.length > 0 ? details.split : sharesOf(members, amount),
      // An ordinary payment needs no word for it.
      type: details.type ?? (members.payment_type === 'STAMP' ? 'STAMP' : null),
      receiver: details.receiver ?? receiverOf(members),
      pagopa_category: details.pagopa_category ?? members.collection_data ?? null,
    },
  }
}

function membersOf(service: unknown): Members {
  const parsed = Members.safeParse(service)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw bad(['service', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not valid')
}

const deadlineOf = (created_at: string, { expire_at }: Members): string | null =>
  expire_at === undefined ? null : daysLater(created_at, expire_at)

/** The shares in cents, none lost: weights are spread over the amount, the one unknown takes what is left. */
function sharesOf({ split = [] }: Members, amount: number | null): PaymentDetails['split'] {
  if (amount === null || amount <= 0) return []
  const shares = split.map(({ split_id, split_amount, ...meta }): PaymentSplit => ({
    code: split_id,
    amount: split_amount === undefined ? null : parseCents(split_amount),
    meta: JSON.stringify(meta),
  }))
  try {
    return [...splitShares(shares, amount)]
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    throw bad('service.split', `${error.message} of the payment`)
  }
}

function receiverOf({ receiver }: Members): Receiver | null {
  if (!receiver) return null
  return {
    ...receiver,
    iban: null,
    address: null,
    building_number: null,
    postal_code: null,
    town_name: null,
    country_subdivision: null,
    country: null,
  }
}

const bad = (member: string, reason: string) =>
  new RejectedError('bad-configuration', `${member}: ${reason}`)
