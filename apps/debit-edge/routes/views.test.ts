import { afterEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'
import type { DebitViews, EntryView, StatementLineView } from '#apps/debit-edge/views/debit-views'
import { TransientError } from '#core/errors'

const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const at = Date.UTC(2026, 10, 29, 22)

const line = (sequence: number): StatementLineView => ({
  sequence,
  request_id: `order:${sequence}`,
  type: 'Debit',
  amount: -sequence,
  currency: 'BRL',
  balance: 10_000 - sequence,
  card_display: '888877******0001',
  text: null,
  booked_at: at + sequence,
})
const entry = (origin_offset: number): EntryView => ({
  request_id: `order:${origin_offset}`,
  currency: 'BRL',
  booked_at: at,
  origin_partition: 3,
  origin_offset,
  postings: [
    { ledger_account: '1.0.0.0.01', nature: 'Credit', amount: 5_025 },
    { ledger_account: '2.0.0.0.01', nature: 'Debit', amount: 5_025 },
  ],
})
const sums = { currency: 'BRL', posted: 10_050, held: 50, branch: 1, number: null }
const newestFirst = [7, 6, 5, 4, 3, 2, 1]

/** Views of an account with seven lines and seven entries. */
const seven: DebitViews = {
  balance: async () => ({ account_id, ...sums, decided_at: at }),
  statement: async (_, count, before = Infinity) =>
    newestFirst
      .filter((n) => n < before)
      .slice(0, count)
      .map(line),
  entries: async (_, count, before) =>
    newestFirst
      .filter((n) => n < (before?.origin_offset ?? Infinity))
      .slice(0, count)
      .map(entry),
  close: async () => undefined,
}

let edge: ExampleEdge
afterEach(() => edge.stop())
const get = async (path: string) => {
  const answer = await edge.call(`/v1/accounts/${account_id}/${path}`)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
type Page = { items: Record<string, unknown>[]; next_cursor?: string }

describe('what was booked', () => {
  it('is the balance, with what of it is held', async () => {
    edge = await startExampleEdge({ views: seven })
    expect(await get('balance')).toEqual({
      status: 200,
      body: {
        account_id,
        currency: 'BRL',
        booked: '100.50',
        held: '0.50',
        available: '100.00',
        branch: 1,
        number: null,
        decided_at: '2026-11-29T22:00:00.000Z',
      },
    })
  })

  it('is not of an account that is not there', async () => {
    edge = await startExampleEdge({ views: { ...seven, balance: async () => undefined } })
    expect(await get('balance')).toMatchObject({ status: 404, body: { code: '14' } })
  })

  it.each(['statement', 'entries'])('is read page by page: %s', async (path) => {
    edge = await startExampleEdge({ views: seven })
    const ids: unknown[] = []
    const sizes: number[] = []
    for (let cursor = ''; ;) {
      const { items, next_cursor } = (await get(`${path}?limit=3${cursor}`)).body as unknown as Page
      ids.push(...items.map(({ request_id }) => request_id))
      sizes.push(items.length)
      if (next_cursor === undefined) break
      cursor = `&cursor=${next_cursor}`
    }
    expect(ids).toEqual(newestFirst.map((n) => `order:${n}`))
    expect(sizes).toEqual([3, 3, 1])
  })

  it('has no next page where the page was the last, however full', async () => {
    edge = await startExampleEdge({ views: seven })
    expect((await get('statement?limit=7')).body).not.toHaveProperty('next_cursor')
  })

  it('is told in decimal amounts', async () => {
    edge = await startExampleEdge({ views: seven })
    const lines = (await get('statement?limit=1')).body as unknown as Page
    expect(lines.items).toEqual([
      {
        sequence: 7,
        request_id: 'order:7',
        request_type: 'Debit',
        amount: '-0.07',
        currency: 'BRL',
        balance: '99.93',
        card_display: '888877******0001',
        text: null,
        booked_at: '2026-11-29T22:00:00.007Z',
      },
    ])
    const entries = (await get('entries?limit=1')).body as unknown as Page
    expect(entries.items).toEqual([
      {
        request_id: 'order:7',
        currency: 'BRL',
        booked_at: '2026-11-29T22:00:00.000Z',
        postings: [
          { ledger_account: '1.0.0.0.01', nature: 'credit', amount: '50.25' },
          { ledger_account: '2.0.0.0.01', nature: 'debit', amount: '50.25' },
        ],
      },
    ])
  })

  const cursor = (text: string) => Buffer.from(text).toString('base64url')
  it.each([
    'statement?limit=0',
    'statement?limit=501',
    'statement?limit=x',
    'statement?limit=1&limit=2',
    'statement?cursor=x',
    'statement?cursor=',
    `statement?cursor=${cursor('1.2.3')}`,
    `entries?cursor=${cursor('1')}`,
    `entries?cursor=${cursor('1.2.9999999999999999')}`,
    `entries?cursor=${cursor('1; drop table')}`,
  ])('is not asked for by %s', async (path) => {
    edge = await startExampleEdge({ views: seven })
    expect(await get(path)).toMatchObject({ status: 422, body: { code: '30' } })
  })

  it.each(['balance', 'statement', 'entries'])(
    'is not shown where no database is named, which is said: %s',
    async (path) => {
      edge = await startExampleEdge()
      const { status, body } = await get(path)
      expect(status).toBe(503)
      expect(body).toMatchObject({ code: '91', reason: 'no-database' })
      expect(body['detail']).toMatch(/^DATABASE_URL is not set/)
    },
  )

  it('is not shown while the database is away', async () => {
    const away = () => Promise.reject(new TransientError('the database does not answer'))
    edge = await startExampleEdge({ views: { ...seven, balance: away } })
    expect(await get('balance')).toMatchObject({ status: 503, body: { code: '91' } })
  })
})
