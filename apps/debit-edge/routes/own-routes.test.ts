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
const sum = { amount: '50.25', currency: 'BRL' }
const whole = { amount: 5_025, currency: 'BRL' }
const json = (answer: Response) => answer.json() as Promise<Record<string, unknown>>

describe('our own routes', () => {
  it.each([
    ['debits', sum, { type: 'Debit', debit: { ...whole, allows_partial: false, text: null } }],
    [
      'debits',
      { ...sum, allows_partial: true, text: 'Padaria' },
      { type: 'Debit', debit: { ...whole, allows_partial: true, text: 'Padaria' } },
    ],
    ['credits', sum, { type: 'Credit', credit: { ...whole, text: null } }],
    [
      'refunds',
      { ...sum, original_id: 'order:1' },
      { type: 'Refund', refund: { ...whole, original_id: 'order:1' } },
    ],
    [
      'authorisations',
      { ...sum, expires_at: '2026-12-01T00:00:00Z' },
      { type: 'Authorise', authorise: { ...whole, expires_at: Date.UTC(2026, 11, 1) } },
    ],
    [
      'authorisations/hold:1/increment',
      sum,
      { type: 'Increment', increment: { ...whole, hold_id: 'hold:1' } },
    ],
    [
      'authorisations/hold:1/post',
      sum,
      { type: 'Post', post: { ...whole, hold_id: 'hold:1', is_final: true } },
    ],
    [
      'authorisations/hold:1/post',
      { ...sum, is_final: false },
      { type: 'Post', post: { ...whole, hold_id: 'hold:1', is_final: false } },
    ],
    ['authorisations/hold:1/void', {}, { type: 'Void', void: { hold_id: 'hold:1' } }],
    [
      'authorisations/hold:1/reverse',
      {},
      {
        type: 'Reverse',
        reverse: {
          original_id: 'hold:1',
          original_requested_at: null,
          amount: null,
          currency: null,
        },
      },
    ],
    [
      'debits/order:1/reverse',
      { ...sum, original_requested_at: '2026-11-29T21:00:00Z' },
      {
        type: 'Reverse',
        reverse: {
          original_id: 'order:1',
          original_requested_at: Date.UTC(2026, 10, 29, 21),
          amount: 5_025,
          currency: 'BRL',
          late_event_id: null,
        },
      },
    ],
  ])('ask by POST /v1/%s', async (path, body, event) => {
    const answer = await edge.post(`/v1/${path}`, { card_number, ...body })
    expect(answer.status).toBe(200)
    expect(edge.log.appended).toMatchObject([{ account_id: card_id, ...event }])
  })

  it('name the account itself where there is no card', async () => {
    await edge.post('/v1/debits', { account_id, ...sum })
    expect(edge.log.appended).toMatchObject([{ account_id, debit: { card_id: null } }])
  })

  it.each([{}, { account_id, card_number }])('name one of the two: not %j', async (whose) => {
    const answer = await edge.post('/v1/debits', { ...sum, ...whose })
    expect([answer.status, (await json(answer))['reason']]).toEqual([422, 'whose'])
  })

  it('find the account a card draws on', async () => {
    edge.cards.set(card_id, account_id)
    await edge.post('/v1/authorisations', { card_number, ...sum })
    expect(edge.log.appended).toMatchObject([{ account_id, authorise: { card_id } }])
  })

  it('say when a request was first made, or else when it came', async () => {
    const requested_at = '2026-11-28T10:00:00-03:00'
    await edge.post('/v1/debits', { account_id, ...sum, requested_at })
    await edge.post('/v1/debits', { account_id, ...sum })
    const [said, unsaid] = edge.log.appended.map((event) => event.requested_at)
    expect(said).toBe(Date.parse(requested_at))
    expect(Math.abs(unsaid! - Date.now())).toBeLessThan(5_000)
  })

  it('tell the decision with decimal amounts, and whether it was one in part', async () => {
    edge.log.script = () => ({
      code: '10',
      reason: 'partially-approved',
      amount: 3_000,
      after: { posted: 100_000, held: 3_000 },
      card_display: '888877******0001',
      hold_id: 'order:1',
      hold_left: 3_000,
    })
    const body = { card_number, ...sum, allows_partial: true, request_id: 'order:1' }
    const answer = await edge.post('/v1/authorisations', body)
    expect(answer.status).toBe(200)
    expect(await json(answer)).toEqual({
      request_id: 'order:1',
      request_type: 'Authorise',
      account_id: card_id,
      code: '10',
      reason: 'partially-approved',
      currency: 'BRL',
      asked: '50.25',
      amount: '30.00',
      before: { booked: '1000.00', held: '0.00', available: '1000.00' },
      after: { booked: '1000.00', held: '30.00', available: '970.00' },
      card_display: '888877******0001',
      authorisation_id: 'order:1',
      authorisation_left: '30.00',
      decided_at: '2025-11-29T21:00:00.500Z',
    })
  })

  it('tell a refusal as a problem with code, reason and what else the decision says', async () => {
    edge.log.script = () => ({ code: '51', reason: 'insufficient-funds', amount: 0 })
    const answer = await edge.post('/v1/debits', { account_id, ...sum, request_id: 'a' })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await json(answer)).toMatchObject({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'there is not enough money on the account',
      instance: '/v1/debits',
      code: '51',
      reason: 'insufficient-funds',
      request_id: 'a',
      request_type: 'Debit',
      asked: '50.25',
      amount: '0.00',
    })
  })

  it('look at check digits where they are told to', async () => {
    const strict = await startExampleEdge({ isLuhnChecked: true })
    const wrong = await strict.post('/v1/debits', { card_number, ...sum })
    expect([wrong.status, (await json(wrong))['code']]).toEqual([404, '14'])
    const right = await strict.post('/v1/debits', { card_number: '4111111111111111', ...sum })
    expect(right.status).toBe(200)
    await strict.stop()
  })
})
