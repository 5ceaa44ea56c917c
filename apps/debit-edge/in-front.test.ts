import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeEach(async () => {
  edge = await startExampleEdge({
    tokens: [{ name: 'terminals', token: 'a-token-of-the-terminals' }],
  })
})
afterEach(() => edge.stop())

const authorization = 'Bearer a-token-of-the-terminals'
const debito = { numeroCartao: '8888777766660001', valor: '50.25' }
const id = { 'idempotency-key': 'order:1', 'x-request-id': 'request-of-a-test' }

/** All of an answer but its date. */
const whole = async (answer: Response) => {
  const headers: Record<string, string> = {}
  answer.headers.forEach((value, name) => {
    if (name !== 'date') headers[name] = value
  })
  return { status: answer.status, headers, body: await answer.text() }
}

describe('a route in front of express', () => {
  it.each([
    ['a debit', debito, { authorization, ...id }],
    ['one that is wrong', { valor: 1 }, { authorization, ...id }],
    ['no JSON', '{', { authorization, ...id }],
    ['a form', debito, { authorization, ...id, 'content-type': 'text/plain' }],
    ['nobody who may ask', debito, id],
  ])('answers %s as express does, header by header', async (_, body, headers) => {
    const inFront = await whole(await edge.post('/debito', body, headers))
    // Express is asked by a query, which means nothing.
    const behind = await whole(await edge.post('/debito?behind=1', body, headers))
    expect(inFront).toEqual(behind)
    expect(inFront.headers).toMatchObject({
      'x-request-id': 'request-of-a-test',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })

  it('logs and counts what it answers as express does', async () => {
    for (const path of ['/debito', '/debito?behind=1']) {
      await edge.post(path, debito, { authorization })
      await edge.post(path, '{', { authorization, ...id })
    }
    const [inFront, behind, ...others] = edge.logged
    expect(inFront).toEqual(behind)
    expect(others).toEqual([])
    await expect
      .poll(edge.metrics)
      .toContain(
        'corrente_http_requests_total{app="debit-edge",method="POST",route="/debito",status="400"} 2',
      )
    expect(await edge.metrics()).toContain(
      'corrente_http_requests_total{app="debit-edge",method="POST",route="/debito",status="200"} 2',
    )
  })

  it('is a route for POST alone', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const answer = await edge.call('/debito', { method, headers: { authorization } })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }
    expect(edge.log.appended).toEqual([])
  })
})
