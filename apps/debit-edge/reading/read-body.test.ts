import { request as ask } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExampleEdge, startExampleEdge } from '#apps/debit-edge/example-edge'

let edge: ExampleEdge
beforeAll(async () => {
  edge = await startExampleEdge()
})
afterAll(() => edge.stop())

const reasonOf = async (answer: Response) => {
  const body = (await answer.json()) as Record<string, unknown>
  return [answer.status, body['codigo'], body['reason'], body['detail']]
}

describe('a body', () => {
  it.each([
    ['', '{'],
    ['', ''],
    ['', 'null'],
    ['', '[]'],
    ['', '"8888777766660001"'],
    ['', '{"valor":1,"valor":2}'],
    ['', '{"valor":01}'],
    ['', '['.repeat(16_000)],
    ['', `{"a":${'['.repeat(8_000)}${']'.repeat(8_000)}}x`],
  ])('%sthat is no JSON object is refused, and nothing of it repeated: %.20s', async (_, body) => {
    const answer = await edge.post('/debito', body)
    expect(await reasonOf(answer)).toEqual([
      400,
      '30',
      'unreadable-body',
      'the body is no JSON object',
    ])
  })

  it('that is not UTF-8 is refused', async () => {
    const answer = await edge.call('/debito', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(answer.status).toBe(400)
  })

  it.each([16_385, 5_000_000])('of %i bytes is refused with 413', async (length) => {
    const answer = await edge.post('/debito', `{"valor":"${'1'.repeat(length - 12)}"}`)
    expect(await reasonOf(answer)).toEqual([
      413,
      '30',
      'unreadable-body',
      'the body is larger than 16384 bytes',
    ])
  })

  it('of 16,384 bytes is read', async () => {
    const answer = await edge.post('/debito', `{"valor":"${'1'.repeat(16_384 - 12)}"}`)
    expect((await reasonOf(answer))[0]).toBe(422)
  })

  it('that comes in pieces without saying how long it is may not be larger either', async () => {
    const status = await new Promise((resolve, reject) => {
      const { host } = new URL(edge.url)
      const [hostname, port] = host.split(':')
      const sending = ask({
        hostname,
        port,
        path: '/debito',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      })
      sending.on('response', (answer) => resolve(answer.statusCode)).on('error', reject)
      for (let n = 0; n < 100; n++) sending.write('1'.repeat(10_000))
      sending.end()
    })
    expect(status).toBe(413)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'of the type %j is not taken: the page of another site could send it',
    async (type) => {
      const answer = await edge.call('/debito', {
        method: 'POST',
        body: Buffer.from('{}'),
        headers: { 'content-type': type },
      })
      expect(answer.status).toBe(415)
    },
  )

  it('is taken as it is, without a coding', async () => {
    const answer = await edge.call('/debito', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync('{"numeroCartao":8888777766660001,"valor":1}'),
    })
    expect(answer.status).toBe(415)
  })

  it('leaves the connection as it was, refused or not', async () => {
    for (const body of [
      '{',
      `"${'1'.repeat(100_000)}"`,
      '{"numeroCartao":8888777766660001,"valor":1}',
    ]) {
      await (await edge.post('/debito', body)).text()
    }
    expect(edge.log.appended).toHaveLength(1)
  })
})
