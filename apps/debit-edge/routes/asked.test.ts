import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'
import { TransientError } from '#core/errors'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

const debito = { numeroCartao: '8888777766660001', valor: '50.25' }
const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const debit = { account_id, amount: '50.25', currency: 'BRL' }
const json = (answer: Response) => answer.json() as Promise<Record<string, unknown>>

describe('a decision', () => {
  const undecided = () => undefined

  it('that does not come by the deadline is answered 504, code 68', async () => {
    edge.log.script = undecided
    const begun = performance.now()
    const answer = await edge.post(
      '/v1/debits',
      { ...debit, request_id: 'a' },
      { 'request-deadline-ms': '80' },
    )
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(answer.status).toBe(504)
    expect(await json(answer)).toMatchObject({ code: '68', reason: 'late', request_id: 'a' })
    expect(edge.log.appended.map(({ type }) => type)).toEqual(['Debit', 'Reverse'])
    expect(await edge.metrics()).toContain('corrente_debit_late_total{type="Debit"} 1')
  })

  it('that it came too late is answered like none', async () => {
    edge.log.script = undecided
    const none = await edge.post(
      '/v1/debits',
      { ...debit, request_id: 'a' },
      { 'request-deadline-ms': '50' },
    )
    edge.log.script = () => ({ code: '68', reason: 'late' })
    const tooLate = await edge.post('/v1/debits', { ...debit, request_id: 'a' })
    expect(tooLate.status).toBe(504)
    expect(await tooLate.text()).toBe(await none.text())
  })

  it('is waited for as long as is usual, or less, never longer', async () => {
    for (const [given, ms] of [
      ['100000', 5_000],
      ['1000', 1_000],
      [undefined, 5_000],
    ] as const) {
      const before = Date.now()
      await edge.post('/debito', debito, given ? { 'request-deadline-ms': given } : {})
      const { deadline_at } = edge.log.appended.at(-1)!
      expect(deadline_at - before).toBeGreaterThanOrEqual(ms)
      expect(deadline_at - before).toBeLessThan(ms + 500)
    }
  })

  it.each(['0', '-1', '1.5', 'soon'])('is waited for no %s milliseconds', async (given) => {
    const answer = await edge.post('/debito', debito, { 'request-deadline-ms': given })
    expect(answer.status).toBe(422)
    expect(edge.log.appended).toEqual([])
  })

  it('nobody makes is answered 503, code 91, at once, and nothing is asked', async () => {
    edge.unowned()
    const answer = await edge.post('/debito', debito)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await json(answer)).toMatchObject({
      codigo: '91',
      mensagem: 'Autorizador indisponivel',
      reason: 'no-owner',
    })
    expect(edge.log.appended).toEqual([])
  })

  it('cannot be asked for before the log is open', async () => {
    edge.unopened()
    const answer = await edge.post('/v1/debits', debit)
    expect(answer.status).toBe(503)
    expect(await json(answer)).toMatchObject({ code: '91', reason: 'not-ready' })
  })

  it('is not needed to say that something broke here: 500, code 96, and nothing of the request', async () => {
    edge.log.fails = () => new TypeError('8888777766660001 is not encodable')
    const answer = await edge.post('/debito', debito)
    expect(answer.status).toBe(500)
    expect(await json(answer)).toMatchObject({ codigo: '96', mensagem: 'Erro interno' })
    expect(JSON.stringify(edge.logged)).not.toContain('8888777766660001')
  })

  it('is waited for where Kafka did not acknowledge in time', async () => {
    edge.log.fails = () => new TransientError('no answer')
    const answer = await edge.post('/debito', debito, { 'request-deadline-ms': '60' })
    expect(answer.status).toBe(504)
  })
})

describe('requests', () => {
  it('are counted by route and response code, with how long they took', async () => {
    await edge.post('/debito', debito)
    edge.log.script = () => ({ code: '51', reason: 'insufficient-funds' })
    await edge.post('/debito', debito)
    await edge.post('/debito', '{')
    const numbers = await edge.metrics()
    for (const code of ['00', '51', '30']) {
      expect(numbers).toContain(`corrente_debit_requests_total{route="/debito",code="${code}"} 1`)
    }
    expect(numbers).toContain('corrente_debit_request_seconds_count{route="/debito"} 3')
    expect(numbers).toContain('corrente_debit_open_requests 0')
  })

  it('need a token where there are any', async () => {
    const guarded = await startExampleEdge({
      tokens: [{ name: 'terminals', token: 'a-token-of-the-terminals' }],
    })
    const authorization = 'Bearer a-token-of-the-terminals'
    expect((await guarded.post('/debito', debito)).status).toBe(401)
    expect((await guarded.post('/debito', debito, { authorization: 'Bearer x' })).status).toBe(401)
    expect((await guarded.post('/debito', debito, { authorization })).status).toBe(200)
    expect((await guarded.call(`/v1/accounts/${account_id}/balance`)).status).toBe(401)
    expect((await guarded.call('/docs')).status).toBe(200)
    await guarded.stop()
  })
})
