import { type Asking, type Decided, decidedBy } from '#streams/debits/decided'
import { type Effect, refused } from '#streams/debits/effect'
import { type Asked, effectOf } from '#streams/debits/effect-of'
import { holdDue } from '#streams/debits/hold-requests'
import { clockSkewMsMax, type Known, type Moment, type Request } from '#streams/debits/known'
import type { Reason } from '#streams/debits/reasons'
import { withTold } from '#streams/debits/tries'

const nothingChanges = {}

/**
 * What becomes of a request, by what is kept of its account and by the log's clock alone: the same three always give
 * the same. What is available never goes below zero; a request that would bring it there throws, as that is a mistake
 * in here.
 */
export function decide(known: Known, request: Request, moment: Moment): Decided {
  const asking = { known, request, moment }
  if (request.type === 'HoldDue') return ofTimer(asking)
  const { nowMs, settings } = moment
  const refusal = windowRefusal(request, nowMs, settings.idWindowMs)
  // Neither this nor a reused id is kept: the id is of another time, or of another request.
  if (refusal) return decidedBy(asking, refused(refusal), false)
  const first = known.request
  if (!first) return decidedBy(asking, firstEffect(known, request, moment), true)
  const { decision, fingerprint, event_id } = first
  // Whoever was told that it came too late is told so whenever he asks.
  if (decision === null) {
    return decidedBy(asking, refused(event_id === null ? 'forestalled' : 'late'), true)
  }
  return fingerprint === request.fingerprint
    ? { decision, isRepeat: true, changes: { request: withTold(first, decision, moment.eventId) } }
    : decidedBy(asking, refused('id-reused'), false)
}

// An id is surely known for as long as its window; one from ahead of the clock would be taken for longer than that.
function windowRefusal(request: Asked, nowMs: number, windowMs: number): Reason | undefined {
  const { requested_at } = request
  if (requested_at > nowMs + clockSkewMsMax) return 'requested-ahead'
  if (nowMs - requested_at > windowMs) return 'too-old'
  if (request.type !== 'Reverse') return undefined
  const { original_requested_at } = request.reverse
  const isTooOld = original_requested_at !== null && nowMs - original_requested_at > windowMs
  return isTooOld ? 'too-old' : undefined
}

function firstEffect(known: Known, request: Asked, moment: Moment): Effect {
  const { deadline_at } = request
  if (deadline_at !== 0 && moment.nowMs > deadline_at) return refused('late')
  const effect = effectOf(known, request, moment)
  const credits = known.account?.credits ?? 0
  return Number.isSafeInteger(credits + effect.booked) ? effect : refused('counter-exhausted')
}

function ofTimer(asking: Asking): Decided {
  const { hold } = asking.known
  if (!hold) return { isRepeat: false, changes: nothingChanges }
  const effect = holdDue(hold)
  return effect.amount === 0
    ? { isRepeat: false, changes: { hold: null } }
    : decidedBy(asking, effect, false)
}
