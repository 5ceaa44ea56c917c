import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addressesOf } from '#apps/corrente/demo-apps'
import { spawnApp } from '#apps/corrente/app-process'
import { type DatabasePlace, openDatabasePlace } from '#tests/contract/projection/place'
import { type DebitScene, filesIn, newCard, startDebitScene } from '#tests/debit-scene'
import { freePortBase } from '#tests/free-ports'
import { platformOf } from '#tests/stack'

let place: DatabasePlace
let scene: DebitScene
const card_number = newCard()
const sum = { amount: '2.50', currency: 'BRL' }
let account_id = ''
/** What is to be closed, the last first, however far the scene came. */
const opened: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const stack = inject('stack')
  const portBase = await freePortBase()
  place = await openDatabasePlace(portBase)
  opened.push(() => place.remove())
  const DATABASE_URL = place.url
  scene = await startDebitScene(stack, { DATABASE_URL })
  opened.push(() => scene.stop())
  const port = portBase + 1
  const projector = spawnApp(
    {
      name: 'debit-projector',
      args: [],
      env: { ...process.env, ...platformOf(stack), DATABASE_URL, PORT: String(port) },
      claims: [{ port, wantedBy: 'the projector' }],
      readyUrl: `http://127.0.0.1:${port}/status`,
    },
    join(stack.dataDir, 'debit-logs'),
  )
  opened.push(() => projector.drain())
  await projector.ready()
  const account = await scene.post('/v1/accounts', {
    currency: 'BRL',
    opening_balance: '100',
    branch: 7,
    number: 4_711,
    card_number,
  })
  ;({ account_id } = (await account.json()) as { readonly account_id: string })
}, 180_000)
afterAll(async () => {
  for (const close of opened.reverse()) await close()
})

const get = async (path: string) => {
  const address = addressesOf(inject('stack').portBase).debitEdge
  const answer = await fetch(`${address}/v1/accounts/${account_id}/${path}`)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const asked = async (path: string, body: object) => {
  const answer = await scene.post(path, { card_number, ...body })
  expect(answer.status).toBe(200)
}
interface Page {
  readonly items: readonly Record<string, unknown>[]
  readonly next_cursor?: string
}
/** All of it, by pages of two. */
async function allOf(path: string): Promise<Page['items']> {
  const items: Page['items'][number][] = []
  for (let cursor = ''; ;) {
    const page = (await get(`${path}?limit=2${cursor}`)).body as unknown as Page
    items.push(...page.items)
    if (page.next_cursor === undefined) return items
    cursor = `&cursor=${page.next_cursor}`
  }
}

describe('what was decided', () => {
  it('is shown by balance, statement and books, which agree', async () => {
    const hold = randomUUID()
    await asked('/v1/debits', { ...sum, text: 'Padaria' })
    await asked('/v1/credits', { ...sum, amount: '10' })
    await asked('/v1/authorisations', { ...sum, request_id: hold })
    await asked(`/v1/authorisations/${hold}/increment`, { ...sum, amount: '1' })
    await asked('/v1/refunds', { ...sum, amount: '0.05' })
    const wanted = { status: 200, body: { booked: '107.55', held: '3.50', available: '104.05' } }
    await expect.poll(() => get('balance'), { timeout: 30_000 }).toMatchObject(wanted)
    expect((await get('balance')).body).toMatchObject({ account_id, branch: 7, number: 4_711 })

    // Each topic is projected by itself, so one view may be behind another.
    await expect.poll(() => allOf('statement'), { timeout: 30_000 }).toHaveLength(4)
    await expect.poll(() => allOf('entries'), { timeout: 30_000 }).toHaveLength(4)
    const lines = await allOf('statement')
    expect(
      lines.map(({ sequence, request_type, amount, balance, text }) => [
        sequence,
        request_type,
        amount,
        balance,
        text,
      ]),
    ).toEqual([
      [4, 'Refund', '0.05', '107.55', null],
      [3, 'Credit', '10.00', '107.50', null],
      [2, 'Debit', '-2.50', '97.50', 'Padaria'],
      [1, 'OpenAccount', '100.00', '100.00', null],
    ])
    const entries = await allOf('entries')
    expect(entries.map(({ request_id }) => request_id)).toEqual(
      lines.map(({ request_id }) => request_id),
    )
    const sides = (nature: string, ledger_account: string, amount: string) => {
      return { nature, ledger_account, amount }
    }
    expect(entries[2]!['postings']).toEqual([
      sides('credit', '1.0.0.0.01', '2.50'),
      sides('debit', '2.0.0.0.01', '2.50'),
    ])
  })

  it('is shown of no account that is not there', async () => {
    const known = account_id
    account_id = 'AAAAAAAAAAAAAAAAAAAAAA'
    expect(await get('balance')).toMatchObject({ status: 404, body: { code: '14' } })
    expect(await get('statement')).toEqual({ status: 200, body: { items: [] } })
    account_id = known
  })

  it('names no card by its number, in no file of the database', async () => {
    const [row] = await place.rows(`select current_setting('data_directory') as directory`)
    await place.rows('checkpoint')
    const bytes = [...filesIn(String(row!['directory']))].map((path) => readFileSync(path))
    expect(bytes.some((file) => file.includes(card_number))).toBe(false)
    expect(bytes.some((file) => file.includes(account_id))).toBe(true)
  })

  it('is not shown while the database is away, and debits go on', async () => {
    await place.stop()
    expect(await get('balance')).toMatchObject({ status: 503, body: { code: '91' } })
    await asked('/v1/debits', sum)
    await place.start()
    const isShown = async () => (await get('balance')).body['booked']
    await expect.poll(isShown, { timeout: 40_000, interval: 200 }).toBe('105.05')
  }, 90_000)
})
