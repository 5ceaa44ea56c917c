import type { DebitDecision, KeptAccount, KeptHold, KeptRequest } from '#schemas/generated/types'
import { sumRefusal } from '#streams/debits/checks'
import { type Effect, nothing, refused } from '#streams/debits/effect'
import type { Known, RequestOf } from '#streams/debits/known'
import { codes, isApproved } from '#streams/debits/reasons'
import { areAllLate, untried, withLate } from '#streams/debits/tries'

/** Kept under an id whose request was undone before it came: it is not taken any more. */
const forestalling = (event_id: KeptRequest['event_id']): KeptRequest => ({
  ...untried,
  fingerprint: '',
  event_id,
  decision: null,
})

/**
 * Undoes an earlier request, whole or in part, as often as something of it stands; where nothing does that is no
 * error. One that has not come yet is forestalled, if it was made within the window: of an older one nobody knows.
 */
export function reverse(
  account: KeptAccount,
  { original, hold }: Pick<Known, 'original' | 'hold'>,
  { request_id, reverse: asked }: RequestOf<'Reverse'>,
): Effect {
  const { original_id, original_requested_at, amount, currency, late_event_id } = asked
  if (original_id === request_id) return refused('not-reversible')
  if (amount !== null) {
    const refusal = sumRefusal(account, { amount, currency })
    if (refusal) return refused(refusal)
  }
  if (!original) {
    if (original_requested_at === null) return refused('original-not-found')
    return { ...nothing, original: forestalling(late_event_id) }
  }
  const { decision } = original
  if (decision === null || !isApproved(decision.code)) return nothing
  if (late_event_id === null) return undone(original, decision, hold, amount)
  const tried = withLate(original, late_event_id)
  // Whoever made another try of the request was told that it was approved.
  if (!areAllLate(tried)) return { ...nothing, original: tried }
  return toldLate(undone(tried, decision, hold, amount), tried, decision)
}

function undone(
  original: KeptRequest,
  decision: DebitDecision,
  hold: KeptHold | undefined,
  amount: number | null,
): Effect {
  switch (decision.type) {
    case 'Debit':
    case 'Post':
      return givenBack(original, decision.amount, amount)
    case 'Authorise':
      return authorisationReleased(original, hold, amount)
    case 'Increment':
      return incrementReleased(original, decision.amount, hold, amount)
    default:
      return refused('not-reversible')
  }
}

// Whoever asked was told that it came too late. So is whoever asks again: it is not there any more.
function toldLate(effect: Effect, original: KeptRequest, decision: DebitDecision): Effect {
  if (!isApproved(codes[effect.reason])) return effect
  return { ...effect, original: { ...(effect.original ?? original), decision: asLate(decision) } }
}

/** What is told of a decision from when on it was undone because it came too late. */
export const asLate = (decision: DebitDecision): DebitDecision => ({
  ...decision,
  code: codes.late,
  reason: 'late',
  amount: 0,
  after: decision.before,
})

function givenBack(original: KeptRequest, taken: number, asked: number | null): Effect {
  const stands = taken - original.reversed
  if (stands === 0) return nothing
  const amount = asked ?? stands
  if (amount > stands) return refused('over-original')
  const reversed = original.reversed + amount
  return {
    reason: 'approved',
    amount,
    booked: amount,
    held: 0,
    original: { ...original, reversed },
  }
}

// Asked for whole, the authorisation ends, with what it was incremented by; what was posted of it stands.
function authorisationReleased(
  original: KeptRequest,
  hold: KeptHold | undefined,
  asked: number | null,
): Effect {
  if (!hold?.is_open) return nothing
  if (asked === null) return released(original, hold, hold.left, false)
  if (hold.left === 0) return nothing
  if (asked > hold.left) return refused('over-original')
  return released(original, hold, asked, asked < hold.left)
}

function incrementReleased(
  original: KeptRequest,
  added: number,
  hold: KeptHold | undefined,
  asked: number | null,
): Effect {
  const stands = hold?.is_open ? Math.min(added - original.reversed, hold.left) : 0
  if (!hold || stands === 0) return nothing
  const amount = asked ?? stands
  return amount > stands ? refused('over-original') : released(original, hold, amount, true)
}

// What may be posted beyond it is a share of what is then authorised.
const released = (
  original: KeptRequest,
  hold: KeptHold,
  amount: number,
  is_open: boolean,
): Effect => ({
  reason: 'approved',
  amount,
  booked: 0,
  held: -amount,
  hold: { ...hold, authorised: hold.authorised - amount, left: hold.left - amount, is_open },
  original: { ...original, reversed: original.reversed + amount },
})
