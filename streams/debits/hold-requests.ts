import type {
  DebitRequestIncrement,
  DebitRequestPost,
  KeptAccount,
  KeptHold,
} from '#schemas/generated/types'
import {
  availableOf,
  cardOf,
  cardRefusal,
  grantedOf,
  percentOf,
  sumRefusal,
} from '#streams/debits/checks'
import { type Effect, nothing, refused } from '#streams/debits/effect'
import type { Moment, RequestOf } from '#streams/debits/known'

/** No hold lasts longer, milliseconds. */
const holdMsMax = 366 * 24 * 3_600_000

/** Money is set aside under the id of the request; the hold of an id is not opened twice. */
export function authorise(
  account: KeptAccount,
  { request_id, authorise: asked }: RequestOf<'Authorise'>,
  existing: KeptHold | undefined,
  { nowMs, settings }: Moment,
): Effect {
  const { card_id, expires_at = null } = asked
  if (existing) return refused('hold-exists')
  const refusal = sumRefusal(account, asked) ?? cardRefusal(account, card_id, nowMs)
  if (refusal) return refused(refusal)
  const expiresAt = expires_at ?? nowMs + settings.holdMs
  if (expiresAt <= nowMs || expiresAt > nowMs + holdMsMax) return refused('invalid-expiry')
  const amount = grantedOf(availableOf(account), asked.amount, asked.allows_partial)
  if (amount === 0) return refused('insufficient-funds')
  const hold: KeptHold = {
    hold_id: request_id,
    account_id: account.account_id,
    card_id,
    card_display: cardOf(account, card_id)?.display ?? null,
    currency: account.currency,
    authorised: amount,
    posted: 0,
    left: amount,
    is_open: true,
    expires_at: expiresAt,
  }
  const reason = amount === asked.amount ? 'approved' : 'partially-approved'
  return { reason, amount, booked: 0, held: amount, hold, wakeAtMs: expiresAt }
}

/** More is set aside; it is money that is taken, so that the card must still be good. */
export function increment(
  account: KeptAccount,
  asked: DebitRequestIncrement,
  hold: KeptHold | undefined,
  nowMs: number,
): Effect {
  if (!hold) return refused('hold-not-found')
  const refusal =
    sumRefusal(account, asked) ??
    holdRefusal(hold, nowMs) ??
    cardRefusal(account, hold.card_id, nowMs)
  if (refusal) return refused(refusal)
  const { amount } = asked
  if (amount > availableOf(account)) return refused('insufficient-funds')
  const { authorised, left } = hold
  const grown = { ...hold, authorised: authorised + amount, left: left + amount }
  return { reason: 'approved', amount, booked: 0, held: amount, hold: grown }
}

/**
 * Of what is held, money leaves. Beyond that a share of what was authorised may, in all, where it is available. The
 * hold stays open for more until a post is the final one.
 */
export function post(
  account: KeptAccount,
  asked: DebitRequestPost,
  hold: KeptHold | undefined,
  { nowMs, settings }: Moment,
): Effect {
  if (!hold) return refused('hold-not-found')
  const refusal = sumRefusal(account, asked) ?? holdRefusal(hold, nowMs)
  if (refusal) return refused(refusal)
  const { amount, is_final } = asked
  const { authorised, posted, left } = hold
  const fromHold = Math.min(amount, left)
  const over = amount - fromHold
  const overBefore = posted + left - authorised
  const overMax = percentOf(authorised, settings.overPostPercent)
  if (over > 0 && over > overMax - overBefore) return refused('over-tolerance')
  if (over > availableOf(account)) return refused('insufficient-funds')
  const kept = is_final ? 0 : left - fromHold
  return {
    reason: 'approved',
    amount,
    booked: -amount,
    held: kept - left,
    hold: { ...hold, posted: posted + amount, left: kept, is_open: !is_final },
  }
}

/** What is still held is released, also after its time. */
export function voidHold(hold: KeptHold | undefined): Effect {
  if (!hold) return refused('hold-not-found')
  if (!hold.is_open) return refused('hold-closed')
  const { left } = hold
  return {
    reason: 'approved',
    amount: left,
    booked: 0,
    held: -left,
    hold: { ...hold, left: 0, is_open: false },
  }
}

/** The time of a hold is over: what is left is released and its row goes. Where nothing is left nobody is told. */
export const holdDue = ({ left }: KeptHold): Effect =>
  left === 0
    ? { ...nothing, hold: null }
    : { reason: 'approved', amount: left, booked: 0, held: -left, hold: null }

function holdRefusal({ is_open, expires_at }: KeptHold, nowMs: number) {
  if (!is_open) return 'hold-closed'
  // Its timer may come a little later: what counts is the clock of the log.
  return nowMs >= expires_at ? 'hold-expired' : undefined
}
