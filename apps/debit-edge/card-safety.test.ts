import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge()
})
afterEach(() => edge.stop())

/** One with a wrong check digit, one with a right one. */
const ownCard = '8888777766660001'
const otherCard = '4111111111111111'
/** What nobody may read of one of them: its digits in the middle. */
const digits = /8888.?7777.?6666|4111.?1111.?1111|１１１１/
const sum = { amount: '1', currency: 'BRL' }

/** Everything that leaves the process but the answers. */
const leaked = async () => JSON.stringify([edge.log.appended, edge.logged]) + (await edge.metrics())

describe('the number of a card', () => {
  it('goes into no event, no log line and no number of the edge, whatever becomes of the request', async () => {
    const debito = { numeroCartao: ownCard, valor: 1 }
    await edge.post('/debito', debito)
    await edge.post('/conta', { numeroCartao: ownCard, agencia: 1, numeroConta: 2, saldo: 3 })
    for (const code of ['51', '14', '96']) {
      edge.log.script = () => ({ code, reason: 'refused' })
      await edge.post('/debito', debito)
    }
    edge.log.script = () => undefined
    await edge.post('/debito', debito, { 'request-deadline-ms': '20' })
    edge.log.fails = () => new TypeError(`bad ${ownCard}`)
    await edge.post('/debito', debito)
    edge.unowned()
    await edge.post('/v1/debits', { card_number: ownCard, ...sum })
    expect(edge.log.appended.length).toBeGreaterThan(6)
    expect(await leaked()).not.toContain(ownCard)
    expect(await leaked()).toContain('888877******0001')
  })

  it('is shown by its first six and last four digits at most, where the answer is not the source’s', async () => {
    for (const path of ['/v1/debits', '/v1/credits', '/v1/authorisations/a/post']) {
      const answer = await edge.post(path, { card_number: ownCard, ...sum })
      expect(await answer.text()).not.toContain(ownCard)
    }
  })

  it.each([
    { text: `paid with ${otherCard}` },
    { text: '4111 1111 1111 1111' },
    { text: '4111-1111-1111-1111 12/29' },
    { text: '４１１１１１１１１１１１１１１１' },
    { text: ownCard },
    { text: '8888 7777-6666 0001' },
    { request_id: otherCard },
    { request_id: ownCard },
    { request_id: `order-${ownCard}` },
    { request_id: '8888.7777:6666_0001' },
  ])('is not taken in %j', async (words) => {
    const answer = await edge.post('/v1/debits', { card_number: ownCard, ...sum, ...words })
    expect(answer.status).toBe(422)
    const told = await answer.text()
    expect(told).toContain('what looks like the number of a card')
    expect(told).not.toMatch(digits)
    expect(answer.headers.get('request-id')).toBeNull()
    expect(await leaked()).not.toMatch(digits)
  })

  it.each(['/debito', '/conta'])('is not taken in the Idempotency-Key of %s', async (path) => {
    const body = { numeroCartao: ownCard, valor: 1, agencia: 1, numeroConta: 2, saldo: 3 }
    const { valor, agencia, numeroConta, saldo, numeroCartao } = body
    const members =
      path === '/debito' ? { numeroCartao, valor } : { numeroCartao, agencia, numeroConta, saldo }
    for (const key of [ownCard, otherCard]) {
      const answer = await edge.post(path, members, { 'idempotency-key': key })
      expect(answer.status).toBe(422)
    }
    expect(edge.log.appended).toEqual([])
  })

  it.each([
    ['/v1/refunds', { original_id: otherCard }],
    [`/v1/authorisations/${otherCard}/void`, {}],
    [`/v1/authorisations/${ownCard}/post`, {}],
    [`/v1/debits/${otherCard}/reverse`, {}],
  ])('is not taken as the id of an earlier request at %s', async (path, more) => {
    const sums = path.endsWith('void') ? {} : sum
    const answer = await edge.post(path, { card_number: ownCard, ...sums, ...more })
    expect(answer.status).toBe(422)
    expect(await answer.text()).not.toMatch(digits)
    expect(await leaked()).not.toMatch(digits)
  })

  it('is neither logged nor repeated where it stands in an address', async () => {
    for (const path of [
      `/v1/accounts/${ownCard}/balance`,
      `/v1/accounts/${otherCard}xxxxxx/statement`,
      `/cards/${otherCard}?pan=${otherCard}`,
    ]) {
      const answer = await edge.call(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toMatch(digits)
    }
    expect(await leaked()).not.toMatch(digits)
  })

  it('is not kept where it comes as the id of an HTTP request', async () => {
    for (const id of [ownCard, otherCard, '8888-7777-6666-0001']) {
      const answer = await edge.post('/debito', '{', { 'x-request-id': id })
      expect(answer.headers.get('x-request-id')).not.toBe(id)
    }
    expect(edge.logged.length).toBeGreaterThan(0)
    expect(await leaked()).not.toMatch(digits)
  })

  it('is not repeated from JSON that cannot be read, or is not known', async () => {
    for (const body of [
      `{"numeroCartao":${ownCard},`,
      `{"${otherCard}":1}`,
      `{"numeroCartao":"${ownCard}x","valor":1}`,
      `{"numeroCartao":${ownCard},"valor":"${otherCard}"}`,
      `{"numeroCartao":${ownCard},"numeroCartao":${otherCard},"valor":1}`,
    ]) {
      const answer = await edge.post('/debito', body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await answer.text()).not.toMatch(digits)
    }
    expect(await leaked()).not.toMatch(digits)
  })
})
