import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examplepayClient } from '#connectors/examplepay/client'
import { exampleSecrets } from '#connectors/examplepay/example-configuration'
import { iudFor } from '#sandboxes/example-payment'
import { TransientError } from '#core/errors'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const iud = iudFor(4250)
const pendency = {
  code: iud,
  state: 'UNPAID',
  notice_number: '301000000012345688',
  iuv: '01000000012345688',
  amount: '42.50',
  transaction_id: null,
  paid_at: null,
}

type Opening = Parameters<ReturnType<typeof examplepayClient>['putPendency']>[0]
const opening = { iud, reason: 'Canone è dovuto' } as Opening

let answer: RequestListener
let server: Server
beforeAll(async () => {
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const clientOf = (base_url: string, timeout_ms = 1_000) =>
  examplepayClient({ base_url, timeout_ms, ...exampleSecrets })
const client = (timeout_ms?: number) =>
  clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, timeout_ms)

const answering = (status: number, body: unknown = '', headers = {}): void => {
  answer = (_request, response) =>
    void response
      .writeHead(status, headers)
      .end(typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body))
}

describe('the client', () => {
  it('keeps the path of the base URL and sends its key', async () => {
    const seen: unknown[] = []
    answer = ({ url, headers }, response) => {
      seen.push(url, headers.authorization)
      response.end(JSON.stringify(pendency))
    }
    await client().getPendency(iud)
    expect(seen).toEqual([`/api/pendencies/${iud}`, 'Bearer example-key'])
  })

  it.each(['..', '.', '', '../x?y', `${iud}/..`, `${iud}\n`, iud.slice(1), iud.toUpperCase()])(
    'lets no iud leave its place: %j is not sent',
    async (strange) => {
      let requests = 0
      answer = (_request, response) => {
        requests += 1
        response.end()
      }
      const { putPendency, getPendency, postSession, getNotice, getReceipt } = client()
      const put = (iud: string) => putPendency({ ...opening, iud })
      for (const ask of [put, getPendency, postSession, getNotice, getReceipt]) {
        await expect(ask(strange)).rejects.toMatchObject({ name: 'RejectedError', code: 'bad-iud' })
      }
      expect(requests).toBe(0)
    },
  )

  it('knows its iud in upper case', async () => {
    answering(200, { ...pendency, code: iud.toUpperCase() })
    expect(await client().getPendency(iud)).toMatchObject({ state: 'UNPAID' })
  })

  it('sends UTF-8 and says so', async () => {
    const chunks: Buffer[] = []
    let type: string | undefined
    answer = (request, response) => {
      type = request.headers['content-type']
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => response.end(JSON.stringify(pendency)))
    }
    await client().putPendency(opening)
    expect(type).toBe('application/json; charset=utf-8')
    expect(Buffer.concat(chunks).toString('utf8')).toContain('Canone è dovuto')
  })

  it.each([400, 404, 409, 422])('takes %s with a word as a refusal', async (status) => {
    answering(status, { error: 'some-word', detail: 'PRVLCU85M15X000R owes it' })
    await expect(client().getPendency(iud)).rejects.toMatchObject({
      name: 'RejectedError',
      code: `examplepay-${status}`,
      message: `examplepay refused (${status}): some-word`,
    })
  })

  it.each([
    ['a page', '<!doctype html><title>Blocked</title>'],
    ['nothing', ''],
    ['the JSON of another', { message: 'no route' }],
    ['free text, which it does not repeat', { error: 'Luca Prova is unknown' }],
  ])('takes 4xx with %s as unknown: it is not examplepay that says no', async (_what, body) => {
    for (const status of [400, 404, 405, 409, 410, 422]) {
      answering(status, body)
      await expect(client().getPendency(iud)).rejects.toThrow(
        new TransientError(`examplepay answered ${status}`),
      )
    }
  })

  it.each([
    [404, 'unknown-path', 'examplepay opens no debts at this address: mend base_url'],
    [
      409,
      'other-content',
      'examplepay has a debt with other content under this iud, and it can be paid',
    ],
  ])('takes %s to an opening as unknown: nothing says the debt is refused', async (...told) => {
    const [status, error, sentence] = told
    answering(status, { error })
    await expect(client().putPendency(opening)).rejects.toThrow(new TransientError(sentence))
  })

  it.each([302, 304, 401, 403, 408, 425, 429, 500, 502, 503, 504])(
    'takes %s as unknown',
    async (status) => {
      answering(status, '<html>', { location: 'http://127.0.0.1:9/' })
      await expect(client().getPendency(iud)).rejects.toThrow(
        new TransientError(`examplepay answered ${status}`),
      )
    },
  )

  it.each([
    ['HTML', '<!doctype html><title>Login</title>'],
    ['nothing', ''],
    ['JSON cut short', JSON.stringify(pendency).slice(0, -5)],
    ['a notice number that lost digits', { ...pendency, notice_number: 301000000012345688 }],
    ['an amount that is a number', { ...pendency, amount: 42.5 }],
    ['money without a time', { ...pendency, state: 'PAID' }],
    ['the debt of another', { ...pendency, code: iudFor(1) }],
    ['more than is reasonable', JSON.stringify(pendency).padEnd(10_000_001)],
  ])('takes 200 with %s as unknown', async (_what, body) => {
    answering(200, body)
    await expect(client().getPendency(iud)).rejects.toThrow(TransientError)
  })

  it('takes a page instead of a PDF, or a script instead of a pay page, as unknown', async () => {
    answering(200, '<!doctype html>')
    await expect(client().getNotice(iud)).rejects.toThrow(TransientError)
    answering(200, { url: 'javascript:alert(1)' })
    await expect(client().postSession(iud)).rejects.toThrow(TransientError)
  })
})

describe('the client waits no longer than told', () => {
  const elapsed = async (call: Promise<unknown>) => {
    const startedAt = performance.now()
    await expect(call).rejects.toThrow(TransientError)
    return performance.now() - startedAt
  }

  it('for an answer that does not come', async () => {
    answer = () => undefined
    expect(await elapsed(client(100).getPendency(iud))).toBeLessThan(2_500)
  })

  it('for an answer that drips', async () => {
    answer = (request, response) => {
      const dripping = setInterval(() => response.write(' '), 20)
      request.on('close', () => clearInterval(dripping))
      response.on('close', () => clearInterval(dripping))
    }
    expect(await elapsed(client(150).getPendency(iud))).toBeLessThan(2_500)
  })

  it('once its caller gives up', async () => {
    answer = () => undefined
    const giving = client(5_000).getPendency(iud, AbortSignal.timeout(50))
    expect(await elapsed(giving)).toBeLessThan(2_500)
  })

  it('where the connection is refused, breaks or leads to the link, and keeps its key to itself', async () => {
    const refused: unknown = await clientOf('http://127.0.0.1:9')
      .getPendency(iud)
      .catch((error: unknown) => error)
    expect(refused).toEqual(new TransientError('examplepay gave no answer (ECONNREFUSED)'))
    expect(JSON.stringify(refused) + inspect(refused)).not.toContain(exampleSecrets.api_key)
    answer = (request) => request.socket.destroy()
    await expect(client().getPendency(iud)).rejects.toThrow(TransientError)
    const beside = clientOf('http://169.254.169.254').getPendency(iud)
    await expect(beside).rejects.toThrow('gave no answer (link-local-host)')
  })
})
