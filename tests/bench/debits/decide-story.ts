import type { DebitRequest, DebitRequestMembers } from '#schemas/generated/types'
import {
  authorise,
  credit,
  debit,
  increment,
  open,
  post,
  reverse,
  sampleCard,
  voidHold,
} from '#streams/debits/debit-samples'

/** How long a round lasts: ids are of the window for five, holds end after twelve. */
const roundMs = 50_000_000
/** As long as a digest. */
const fingerprintCharacters = 43
const openingBalance = 1_000_000_000

/** A request, and when the log has it, milliseconds since the epoch. */
export interface Told {
  readonly request: DebitRequest
  readonly atMs: number
}

interface Place {
  /** Id of the request. */
  readonly id: string
  /** Id of the one so many steps before it. */
  readonly before: (steps: number) => string
  readonly card_id: string
  readonly atMs: number
}

/** What an account is asked for, over and over: each step is about those so many before it. */
const steps: readonly ((place: Place) => DebitRequest)[] = [
  ({ id, card_id }) => debit(id, 60, { card_id }),
  ({ id, card_id }) => debit(id, 110, { card_id }),
  ({ id, card_id }) => authorise(id, 80, { card_id }),
  ({ id, card_id }) => debit(id, 20, { card_id }),
  ({ id, before }) => increment(id, before(2), 15),
  ({ id, before }) => post(id, before(3), 90, { isFinal: true }),
  ({ id }) => credit(id, 300),
  ({ id, card_id }) => debit(id, 70, { card_id }),
  ({ id, before, atMs }) => reverse(id, before(1), { original_requested_at: atMs - roundMs }),
  ({ id, card_id }) => authorise(id, 40, { card_id }),
  ({ id, before }) => voidHold(id, before(1)),
  // The debit of four steps ago comes again.
  ({ before, card_id }) => debit(before(4), 70, { card_id }),
]

/** A round is one request of each account; after so many each account has been asked for everything. */
export const roundsOfAll = 1 + steps.length

const accountOf = (n: number): string => `account-${String(n).padStart(14, '0')}`

/**
 * The n-th request over so many accounts, from an instant on: first all are opened, then each is asked for one thing of
 * the story after the other, all accounts in turn and each at another place of it. What the first round is about may
 * not be there.
 */
export function toldAt(n: number, accounts: number, fromMs: number): Told {
  const account = n % accounts
  const round = Math.floor(n / accounts)
  const account_id = accountOf(account)
  const atMs = fromMs + Math.floor((n * roundMs) / accounts)
  const at = (of: number) => `${account_id}-${of}`
  const told = (request: DebitRequest): Told => {
    const { request_id } = request
    const members: Partial<DebitRequestMembers> = {
      account_id,
      fingerprint: request_id.padEnd(fingerprintCharacters, '-'),
      requested_at: atMs,
    }
    return { request: { ...request, ...members }, atMs }
  }
  if (round === 0) {
    const opened = open(openingBalance, { card: sampleCard({ card_id: account_id }) })
    return told({ ...opened, request_id: at(0) })
  }
  const step = steps[(round + account) % steps.length]!
  const before = (back: number) => at(round - back)
  return told(step({ id: at(round), before, card_id: account_id, atMs }))
}
