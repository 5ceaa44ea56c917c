import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, exampleTokens, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

const card_number = '8888777766660001'
const card_id = exampleTokens.cardId(card_number)
const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const patch = (path: string, body: object) =>
  edge.call(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('accounts', () => {
  it('are opened with a card, and are then the card', async () => {
    const answer = await edge.post('/v1/accounts', {
      currency: 'KWD',
      opening_balance: '10.500',
      branch: 1,
      number: '20',
      card_number,
      card_expires_at: '2030-01-01T00:00:00Z',
    })
    expect(answer.status).toBe(200)
    const expires_at = Date.UTC(2030, 0, 1)
    expect(edge.log.appended).toMatchObject([
      {
        type: 'OpenAccount',
        account_id: card_id,
        open_account: {
          currency: 'KWD',
          opening_balance: 10_500,
          branch: 1,
          number: 20,
          card: { card_id, display: '888877******0001', status: 'Active', expires_at },
        },
      },
    ])
  })

  it('are opened without one under an id that follows from the request, so that asked again it is the same', async () => {
    for (const key of ['a', 'a', 'b']) {
      await edge.post('/v1/accounts', { currency: 'EUR' }, { 'idempotency-key': key })
    }
    const [one, again, other] = edge.log.appended.map((event) => event.account_id)
    expect(one).toMatch(/^[\w-]{22}$/)
    expect(again).toBe(one)
    expect(other).not.toBe(one)
    expect(edge.log.appended[0]).toMatchObject({
      open_account: { opening_balance: 0, branch: null, number: null, card: null },
    })
  })

  it('are opened with no date for a card that is not there', async () => {
    const body = { currency: 'EUR', card_expires_at: '2030-01-01T00:00:00Z' }
    expect((await edge.post('/v1/accounts', body)).status).toBe(422)
  })

  it('get further cards', async () => {
    const answer = await edge.post(`/v1/accounts/${account_id}/cards`, { card_number })
    expect(answer.status).toBe(200)
    expect(edge.log.appended).toMatchObject([
      { type: 'AddCard', account_id, add_card: { card: { card_id, status: 'Active' } } },
    ])
  })

  it('get no card that draws on another one, but the same one again', async () => {
    edge.cards.set(card_id, account_id)
    const again = await edge.post(`/v1/accounts/${account_id}/cards`, { card_number })
    expect(again.status).toBe(200)
    const elsewhere = await edge.post('/v1/accounts/AAAAAAAAAAAAAAAAAAAAAA/cards', { card_number })
    expect(elsewhere.status).toBe(409)
    const told = (await elsewhere.json()) as object
    expect(told).toMatchObject({ code: '94', reason: 'card-of-another-account' })
    expect((await edge.post('/v1/accounts', { currency: 'BRL', card_number })).status).toBe(409)
    expect(edge.log.appended).toHaveLength(1)
  })

  it('are blocked, and their cards', async () => {
    await patch(`/v1/accounts/${account_id}`, { status: 'blocked' })
    await patch(`/v1/accounts/${account_id}/cards`, { card_number, status: 'active' })
    expect(edge.log.appended).toMatchObject([
      {
        type: 'ChangeStatus',
        change_status: { account_status: 'Blocked', card_id: null, card_status: null },
      },
      {
        type: 'ChangeStatus',
        change_status: { account_status: null, card_id, card_status: 'Active' },
      },
    ])
  })

  it.each([
    [`/v1/accounts/${account_id}`, { status: 'frozen' }],
    [`/v1/accounts/${account_id}`, { status: 'constructor' }],
    [`/v1/accounts/${account_id}`, {}],
    [`/v1/accounts/${account_id}/cards`, { card_number, status: 'closed' }],
    [`/v1/accounts/${account_id}/cards`, { status: 'active' }],
  ])('are not changed by PATCH %s %j', async (path, body) => {
    expect((await patch(path, body)).status).toBe(422)
    expect(edge.log.appended).toEqual([])
  })

  it.each(['short', '%20', `${account_id}x`, '8888777766660001xxxxxx', '1234567890123456789012'])(
    'have no such id as %s',
    async (id) => {
      const answer = await patch(`/v1/accounts/${id}`, { status: 'active' })
      expect(answer.status).toBe(404)
      expect(edge.log.appended).toEqual([])
    },
  )
})
