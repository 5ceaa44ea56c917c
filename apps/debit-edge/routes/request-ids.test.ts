import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decidedOf } from '#apps/debit-edge/example-log'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

const debito = { numeroCartao: '8888777766660001', valor: '50.25' }
const debit = { account_id: 'kR3vY1mBq0aZ8sD7fG2hJw', amount: '50.25', currency: 'BRL' }
const json = (answer: Response) => answer.json() as Promise<Record<string, unknown>>
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe('the id of a request', () => {
  it.each(['/debito', '/v1/debits'])('is that of Idempotency-Key at %s', async (path) => {
    const body = path === '/debito' ? debito : debit
    const answer = await edge.post(path, body, { 'idempotency-key': 'order:2026.11-29_1' })
    expect(answer.headers.get('request-id')).toBe('order:2026.11-29_1')
    expect(edge.log.appended[0]!.request_id).toBe('order:2026.11-29_1')
  })

  it('is made where none is given, a new one each time, and told', async () => {
    const ids = new Set<string | null>()
    for (let n = 0; n < 3; n++)
      ids.add((await edge.post('/debito', debito)).headers.get('request-id'))
    expect(ids.size).toBe(3)
    for (const id of ids) expect(id).toMatch(uuid)
    expect([...ids]).toEqual(edge.log.appended.map(({ request_id }) => request_id))
  })

  it('may stand in the body of our own routes, and in both alike', async () => {
    const answer = await edge.post(
      '/v1/debits',
      { ...debit, request_id: 'a' },
      { 'idempotency-key': '"a"' },
    )
    expect(answer.status).toBe(200)
    expect(await json(answer)).toMatchObject({ request_id: 'a' })
    expect((await edge.post('/debito', { ...debito, request_id: 'a' })).status).toBe(422)
  })

  it('may not be two', async () => {
    const answer = await edge.post(
      '/v1/debits',
      { ...debit, request_id: 'a' },
      { 'idempotency-key': 'b' },
    )
    expect(answer.status).toBe(422)
    expect(await json(answer)).toMatchObject({ code: '30', reason: 'two-request-ids' })
  })

  it.each(['', ' ', 'a b', 'late/a', 'x'.repeat(65), 'ação', 'a,b'])(
    'cannot be %j',
    async (request_id) => {
      const answer = await edge.post('/v1/debits', { ...debit, request_id })
      expect([answer.status, (await json(answer))['reason']]).toEqual([422, 'invalid-request-id'])
      expect(edge.log.appended).toEqual([])
    },
  )
})

describe('a request that is asked again', () => {
  it('is answered alike byte for byte, and the answer says that it was done before', async () => {
    const first = await edge.post('/v1/debits', { ...debit, request_id: 'a' })
    const decision = decidedOf(edge.log.appended[0]!).decision
    edge.log.script = () => ({ ...decision, origin_offset: 0, isRepeat: true })
    const again = await edge.post('/v1/debits', { request_id: 'a', ...debit })
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.status).toBe(first.status)
    expect(await again.text()).toBe(await first.text())
    const [one, other] = edge.log.appended
    expect(one!.fingerprint).toBe(other!.fingerprint)
    expect(one!.event_id).not.toBe(other!.event_id)
  })

  it('has another fingerprint with another body, and is refused by what is decided', async () => {
    await edge.post('/v1/debits', { ...debit, request_id: 'a' })
    edge.log.script = () => ({ code: '30', reason: 'id-reused' })
    const again = await edge.post('/v1/debits', { ...debit, amount: '50.26', request_id: 'a' })
    expect(again.status).toBe(422)
    expect(await json(again)).toMatchObject({ code: '30', reason: 'id-reused', request_id: 'a' })
    const [one, other] = edge.log.appended
    expect(one!.fingerprint).not.toBe(other!.fingerprint)
  })
})
