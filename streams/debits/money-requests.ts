import type {
  DebitRequestCredit,
  DebitRequestDebit,
  DebitRequestRefund,
  KeptAccount,
} from '#schemas/generated/types'
import { availableOf, cardRefusal, grantedOf, sumRefusal } from '#streams/debits/checks'
import { type Effect, refused } from '#streams/debits/effect'

/** Money comes in, or back; nobody asks what for. */
export function credit(
  account: KeptAccount,
  asked: DebitRequestCredit | DebitRequestRefund,
): Effect {
  const refusal = sumRefusal(account, asked)
  if (refusal) return refused(refusal)
  const { amount } = asked
  return { reason: 'approved', amount, booked: amount, held: 0 }
}

/** Money leaves at once: all that was asked for, or what there is where the request allows that. */
export function debit(account: KeptAccount, asked: DebitRequestDebit, nowMs: number): Effect {
  const refusal = sumRefusal(account, asked) ?? cardRefusal(account, asked.card_id, nowMs)
  if (refusal) return refused(refusal)
  const amount = grantedOf(availableOf(account), asked.amount, asked.allows_partial)
  if (amount === 0) return refused('insufficient-funds')
  const reason = amount === asked.amount ? 'approved' : 'partially-approved'
  return { reason, amount, booked: -amount, held: 0 }
}
