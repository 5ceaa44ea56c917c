import type {
  AccountBalance,
  CardAccount,
  DebitDecision,
  KeptAccount,
  KeptHold,
  KeptRequest,
  Posting,
  StatementEntry,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { postingsOf, statementEntryOf } from '#streams/debits/books'
import { availableOf } from '#streams/debits/checks'
import type { Effect } from '#streams/debits/effect'
import type { Known, Moment, Request } from '#streams/debits/known'
import { codes } from '#streams/debits/reasons'
import { type Terms, termsOf } from '#streams/debits/request-terms'
import { untried } from '#streams/debits/tries'

/** What becomes of what is kept; a member that is undefined stays as it is. */
interface Changes {
  readonly account?: KeptAccount | undefined
  /** Kept under the id of the request. */
  readonly request?: KeptRequest | undefined
  /** Kept under the id of the request that was undone. */
  readonly original?: KeptRequest | undefined
  /** null: its row goes. */
  readonly hold?: KeptHold | null | undefined
}

/** All that follows from a request. */
export interface Decided {
  /** Absent where nobody is told: the time of a hold is over, and nothing of it was left. */
  readonly decision?: DebitDecision
  /** Whether the request had come before: the decision is the first one, and nothing else comes of it. */
  readonly isRepeat: boolean
  readonly changes: Changes
  /** Both sides of what is booked; absent where nothing is. */
  readonly postings?: readonly Posting[] | undefined
  readonly statement?: Unstamped<StatementEntry> | undefined
  /** A card that now draws on an account other than its own. */
  readonly card?: CardAccount | undefined
  /** When the hold of the request ends, milliseconds since the epoch. */
  readonly wakeAtMs?: number | undefined
}

/** A request with all that it is decided by. */
export interface Asking {
  readonly known: Known
  readonly request: Request
  readonly moment: Moment
}

/** The effect on what is kept, and the decision that tells of it; `isKept`: under the id of the request. */
export function decidedBy(asking: Asking, effect: Effect, isKept: boolean): Decided {
  const { known, request } = asking
  const { booked, original, hold, card, wakeAtMs } = effect
  const terms = termsOf(request, known)
  const account = accountAfter(known.account, effect)
  const decision = decisionOf(asking, effect, terms, account)
  const { fingerprint } = request
  const { eventId: event_id } = asking.moment
  const kept = isKept ? { fingerprint, event_id, decision, ...untried } : undefined
  return {
    decision,
    isRepeat: false,
    changes: { account, request: kept, original, hold },
    postings: booked === 0 ? undefined : postingsOf(booked),
    statement:
      booked !== 0 && account ? statementEntryOf(decision, account, terms.text) : undefined,
    card,
    wakeAtMs,
  }
}

/** The account with what was added to its counters; undefined where it stays as it was. */
function accountAfter(before: KeptAccount | undefined, effect: Effect): KeptAccount | undefined {
  const { account = before, booked, held } = effect
  if (!account || (account === before && booked === 0 && held === 0)) return undefined
  const after: KeptAccount = {
    account_id: account.account_id,
    currency: account.currency,
    status: account.status,
    branch: account.branch,
    number: account.number,
    credits: booked > 0 ? account.credits + booked : account.credits,
    debits: booked < 0 ? account.debits - booked : account.debits,
    held: account.held + held,
    sequence: booked === 0 ? account.sequence : account.sequence + 1,
    cards: account.cards,
    opened_at: account.opened_at,
  }
  if (availableOf(after) < 0 || after.held < 0 || !Number.isSafeInteger(after.credits)) {
    throw new Error(`a request would leave ${availableOf(after)} available, ${after.held} held`)
  }
  return after
}

function decisionOf(
  { known, request, moment }: Asking,
  effect: Effect,
  terms: Terms,
  account: KeptAccount | undefined,
): DebitDecision {
  const { reason, amount } = effect
  const before = balanceOf(known.account)
  const now = account ?? known.account
  const hold = effect.hold ?? undefined
  return {
    account_id: request.account_id,
    request_id: request.request_id,
    type: request.type,
    code: codes[reason],
    reason,
    // What is no amount was refused; it is not an integer either, perhaps.
    asked: Number.isSafeInteger(terms.asked) ? terms.asked : 0,
    amount,
    currency: now?.currency ?? terms.currency ?? '',
    before,
    after: account ? balanceOf(account) : before,
    card_id: terms.cardId,
    card_display: terms.cardDisplay,
    branch: now?.branch ?? null,
    number: now?.number ?? null,
    hold_id: hold?.hold_id ?? terms.holdId,
    hold_left: holdLeft(known, effect, terms),
    original_id: terms.originalId,
    decided_at: moment.nowMs,
    origin_partition: moment.partition,
    origin_offset: moment.offset,
  }
}

function holdLeft({ hold }: Known, effect: Effect, { holdId }: Terms): number | null {
  if (effect.hold !== undefined) return effect.hold?.left ?? 0
  return holdId === null ? null : (hold?.left ?? null)
}

const noMoney: AccountBalance = { posted: 0, held: 0 }

const balanceOf = (account: KeptAccount | undefined): AccountBalance =>
  account ? { posted: account.credits - account.debits, held: account.held } : noMoney
