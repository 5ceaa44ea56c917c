import type {
  AccountCard,
  DebitRequest,
  DebitRequestAuthorise,
  DebitRequestChangeStatus,
  DebitRequestDebit,
  DebitRequestMembers,
  DebitRequestOpenAccount,
  DebitRequestReverse,
  KeptAccount,
  KeptHold,
} from '#schemas/generated/types'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** When all happens, unless said otherwise: the time of records that are driven. */
export const nowMs = Date.parse('2026-01-15T09:00:00Z')

/** The account of the samples: the token of its first card. */
export const account_id = 'token-1'

/** The id of an event of a test, by number. */
export const eventIdOf = (n: number): string =>
  `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`

/** A fictional card; the account's own unless another is named. */
export const sampleCard = (changes: Partial<AccountCard> = {}): AccountCard => ({
  card_id: account_id,
  display: '999988******0001',
  status: 'Active',
  expires_at: null,
  ...changes,
})

/** The account of the samples as it is kept: opened, and nothing on it. */
export const keptAccount = (changes: Partial<KeptAccount> = {}): KeptAccount => ({
  account_id,
  currency: 'EUR',
  status: 'Active',
  branch: 1,
  number: 4711,
  credits: 0,
  debits: 0,
  held: 0,
  sequence: 0,
  cards: [sampleCard()],
  opened_at: nowMs,
  ...changes,
})

/** A hold of it, of which nothing was posted. */
export const keptHold = (changes: Partial<KeptHold> = {}): KeptHold => ({
  hold_id: 'h1',
  account_id,
  card_id: account_id,
  card_display: sampleCard().display,
  currency: 'EUR',
  authorised: 60,
  posted: 0,
  left: 60,
  is_open: true,
  expires_at: nowMs + 7 * dayMs,
  ...changes,
})

type Body = DebitRequest extends infer One
  ? One extends DebitRequest
    ? Omit<One, keyof DebitRequestMembers>
    : never
  : never

/** A request made now, under the id given; the same id and body give the same request. */
export const asked = (
  request_id: string,
  body: Body,
  members: Partial<DebitRequestMembers> = {},
): DebitRequest => ({
  account_id,
  request_id,
  fingerprint: JSON.stringify(body),
  requested_at: nowMs,
  deadline_at: 0,
  ...body,
  event_id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'debit-edge:0.1.0',
  ...members,
})

const currency = 'EUR'
const text = null
/** Members of every request where they matter. */
type Members = Partial<DebitRequestMembers>

/** The account opened with so many cents and the sample card. */
export const open = (
  opening_balance: number,
  changes: Partial<DebitRequestOpenAccount> = {},
  members: Members = {},
) => {
  const usual = { currency, opening_balance, branch: 1, number: 4711, card: sampleCard() }
  return asked('open', { type: 'OpenAccount', open_account: { ...usual, ...changes } }, members)
}

export const addCard = (id: string, card: AccountCard) =>
  asked(id, { type: 'AddCard', add_card: { card } })

export const changeStatus = (id: string, changes: Partial<DebitRequestChangeStatus>) => {
  const usual = { account_status: null, card_id: null, card_status: null }
  return asked(id, { type: 'ChangeStatus', change_status: { ...usual, ...changes } })
}

export const credit = (id: string, amount: number, members: Members = {}) =>
  asked(id, { type: 'Credit', credit: { amount, currency, text } }, members)

export const debit = (
  id: string,
  amount: number,
  changes: Partial<DebitRequestDebit> = {},
  members: Members = {},
) => {
  const usual = { amount, currency, card_id: account_id, allows_partial: false, text }
  return asked(id, { type: 'Debit', debit: { ...usual, ...changes } }, members)
}

export const authorise = (
  id: string,
  amount: number,
  changes: Partial<DebitRequestAuthorise> = {},
  members: Members = {},
) => {
  const usual = { amount, currency, card_id: account_id, allows_partial: false, expires_at: null }
  return asked(id, { type: 'Authorise', authorise: { ...usual, text, ...changes } }, members)
}

export const increment = (id: string, hold_id: string, amount: number, of = currency) =>
  asked(id, { type: 'Increment', increment: { hold_id, amount, currency: of } })

interface Posting {
  readonly isFinal?: boolean
  readonly of?: string
}

export const post = (
  id: string,
  hold_id: string,
  amount: number,
  { isFinal = false, of = currency }: Posting = {},
) => {
  const body = { hold_id, amount, currency: of, is_final: isFinal, text }
  return asked(id, { type: 'Post', post: body })
}

export const voidHold = (id: string, hold_id: string) =>
  asked(id, { type: 'Void', void: { hold_id } })

/** Undoes a request that was made when this one was, unless said otherwise. */
export const reverse = (
  id: string,
  original_id: string,
  changes: Partial<DebitRequestReverse> = {},
  members: Members = {},
) => {
  const original_requested_at = members.requested_at ?? nowMs
  const usual = { original_id, original_requested_at, amount: null, late_event_id: null }
  const named = changes.amount == null ? null : currency
  return asked(id, { type: 'Reverse', reverse: { ...usual, currency: named, ...changes } }, members)
}

export const refund = (id: string, amount: number, original_id: string | null = null) =>
  asked(id, { type: 'Refund', refund: { original_id, amount, currency, text } })

/** The timer of a hold. */
export const holdDue = (hold_id: string, dueMs = nowMs + 7 * dayMs) =>
  asked(
    `due/${hold_id}`,
    { type: 'HoldDue', hold_due: { hold_id } },
    { fingerprint: '', requested_at: dueMs },
  )
