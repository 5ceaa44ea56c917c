import type { RequestHandler } from 'express'
import { jsonAnswer, send } from '#apps/debit-edge/answers/answer'
import type { Desk } from '#apps/debit-edge/desk'
import { cursorOf, placeIn } from '#apps/debit-edge/routes/cursor'
import { refusal } from '#apps/debit-edge/reading/refusal'
import { accountIn } from '#apps/debit-edge/routes/whose'
import type {
  BalanceView,
  DebitViews,
  EntryPlace,
  EntryView,
  StatementLineView,
} from '#apps/debit-edge/views/debit-views'
import { formatMinorUnits } from '#schemas/values/minor-units'

/** What one question to the views is answered with. */
type Look = (
  views: DebitViews,
  account: string,
  query: Readonly<Record<string, unknown>>,
) => Promise<object>

/** A route that shows what was booked. */
const shown =
  ({ views }: Desk, look: Look): RequestHandler =>
  async (request, response) => {
    const account = accountIn({ params: request.params as Readonly<Record<string, string>> })
    if (!views) {
      const detail = 'DATABASE_URL is not set: balances, statements and entries are not shown here'
      throw refusal(503, { code: '91', reason: 'no-database', detail })
    }
    send(response, jsonAnswer(200, JSON.stringify(await look(views, account, request.query))))
  }

const iso = (ms: number) => new Date(ms).toISOString()

function balanceBody({ posted, held, currency, decided_at, ...account }: BalanceView) {
  return {
    ...account,
    currency,
    booked: formatMinorUnits(posted, currency),
    held: formatMinorUnits(held, currency),
    available: formatMinorUnits(posted - held, currency),
    decided_at: iso(decided_at),
  }
}

const lineBody = ({ amount, balance, booked_at, type, ...line }: StatementLineView) => ({
  ...line,
  request_type: type,
  amount: formatMinorUnits(amount, line.currency),
  balance: formatMinorUnits(balance, line.currency),
  booked_at: iso(booked_at),
})

const entryBody = ({ request_id, currency, booked_at, postings }: EntryView) => ({
  request_id,
  currency,
  booked_at: iso(booked_at),
  postings: postings.map(({ ledger_account, nature, amount }) => ({
    ledger_account,
    nature: nature.toLowerCase(),
    amount: formatMinorUnits(amount, currency),
  })),
})

/** A page of what is asked for one by one more: whether there is a next one is known by that. */
function pageOf<Item>(
  items: readonly Item[],
  count: number,
  page: {
    readonly body: (item: Item) => object
    readonly place: (item: Item) => readonly number[]
  },
) {
  const kept = items.slice(0, count)
  const last = items.length > count ? kept.at(-1) : undefined
  return {
    items: kept.map(page.body),
    ...(last === undefined ? {} : { next_cursor: cursorOf(page.place(last)) }),
  }
}

/** `GET /v1/accounts/{id}/balance` */
export const balance = (desk: Desk): RequestHandler =>
  shown(desk, async (views, account) => {
    const found = await views.balance(account)
    if (found) return balanceBody(found)
    throw refusal(404, {
      code: '14',
      reason: 'no-such-account',
      detail: 'there is no such account, or nothing of it is projected yet',
    })
  })

/** `GET /v1/accounts/{id}/statement`: its lines, the newest first. */
export const statement = (desk: Desk): RequestHandler =>
  shown(desk, async (views, account, query) => {
    const { count, place } = placeIn(query, 1)
    const lines = await views.statement(account, count + 1, place?.[0])
    return pageOf(lines, count, { body: lineBody, place: ({ sequence }) => [sequence] })
  })

/** `GET /v1/accounts/{id}/entries`: its entries in the books, the newest first. */
export const entries = (desk: Desk): RequestHandler =>
  shown(desk, async (views, account, query) => {
    const { count, place } = placeIn(query, 3)
    const found = await views.entries(account, count + 1, entryPlaceOf(place))
    return pageOf(found, count, {
      body: entryBody,
      place: ({ booked_at, origin_partition, origin_offset }) => [
        booked_at,
        origin_partition,
        origin_offset,
      ],
    })
  })

function entryPlaceOf(place: readonly number[] | undefined): EntryPlace | undefined {
  if (!place) return undefined
  const [booked_at = 0, origin_partition = 0, origin_offset = 0] = place
  return { booked_at, origin_partition, origin_offset }
}
