import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { externalPageClient } from '#connectors/external-page/client'
import { iudFor } from '#sandboxes/example-payment'
import { TransientError } from '#core/errors'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const iud = iudFor(4250)
const told = {
  iud,
  state: 'PAID',
  transaction_id: 'XP-1',
  paid_at: '2025-03-11T10:00:00.123+01:00',
  amount: '42.50',
  currency: 'EUR',
}

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

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/s?signature=abc`
const getStatus = (timeout_ms = 1_000, signal?: AbortSignal) =>
  externalPageClient({ timeout_ms }).getStatus(address(), iud, signal)
const tryPage = () => externalPageClient({ timeout_ms: 1_000 }).tryPage(address())

const answering = (status: number, body: unknown = '', headers = {}): void => {
  answer = (_request, response) =>
    void response
      .writeHead(status, headers)
      .end(typeof body === 'string' ? body : JSON.stringify(body))
}

describe('the status of a payment', () => {
  it('is what the page says', async () => {
    const asked: unknown[] = []
    answer = ({ method, url }, response) => {
      asked.push(method, url)
      response.end(JSON.stringify(told))
    }
    expect(await getStatus()).toEqual({ ...told, paid_at: '2025-03-11T10:00:00+01:00' })
    expect(asked).toEqual(['GET', '/s?signature=abc'])
  })

  it('is told of its iud in upper case, too', async () => {
    answering(200, { ...told, iud: iud.toUpperCase() })
    expect(await getStatus()).toMatchObject({ iud })
  })

  it('is none where the page itself has not heard of the payment', async () => {
    answering(404, { error: 'unknown-payment' })
    expect(await getStatus()).toBeUndefined()
  })

  it.each([
    [400, 'malformed'],
    [404, 'unknown-path'],
    [422, 'unknown-payment'],
  ])('is refused with %i and the word %s', async (status, error) => {
    answering(status, { error, detail: 'PRVLCU85M15X000R owes it' })
    await expect(getStatus()).rejects.toMatchObject({
      name: 'RejectedError',
      code: `external-page-${status}`,
      message: `the page refused (${status}): ${error}`,
    })
  })

  it.each([
    ['a page', '<!doctype html><title>Blocked</title>'],
    ['nothing', ''],
    ['the JSON of another', { message: 'no route' }],
    ['free text, which it does not repeat', { error: 'Luca Prova is unknown' }],
  ])('is unknown with 4xx and %s: it is not the page that says no', async (_what, body) => {
    for (const status of [400, 404, 410, 422]) {
      answering(status, body)
      await expect(getStatus()).rejects.toThrow(new TransientError(`the page answered ${status}`))
    }
  })

  it.each([302, 304, 401, 403, 408, 425, 429, 500, 502, 503, 504])(
    'is unknown with %i',
    async (status) => {
      answering(status, { error: 'a-word' }, { location: 'http://127.0.0.1:9/' })
      await expect(getStatus()).rejects.toThrow(new TransientError(`the page answered ${status}`))
    },
  )

  it.each([
    ['HTML', '<!doctype html><title>Login</title>'],
    ['nothing', ''],
    ['JSON cut short', JSON.stringify(told).slice(0, -5)],
    ['an amount that is a number', { ...told, amount: 42.5 }],
    ['an amount with a comma', { ...told, amount: '42,50' }],
    ['money without a time', { ...told, paid_at: null }],
    ['money without an amount', { ...told, amount: undefined }],
    ['money without a currency', { ...told, currency: undefined }],
    ['a day that is none', { ...told, paid_at: '2025-02-30T10:00:00+01:00' }],
    ['another payment', { ...told, iud: iudFor(1) }],
    ['more than is reasonable', JSON.stringify(told).padEnd(100_001)],
  ])('is unknown with 200 and %s', async (_what, body) => {
    answering(200, body)
    await expect(getStatus()).rejects.toThrow(TransientError)
  })

  it('is one without money where none is told of', async () => {
    answering(200, { iud, state: 'OPENED' })
    expect(await getStatus()).toEqual({ iud, state: 'OPENED' })
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
    expect(await elapsed(getStatus(100))).toBeLessThan(2_500)
  })

  it('for an answer that drips', async () => {
    answer = (_request, response) => {
      const dripping = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(dripping))
    }
    expect(await elapsed(getStatus(150))).toBeLessThan(2_500)
  })

  it('once its caller gives up', async () => {
    answer = () => undefined
    expect(await elapsed(getStatus(5_000, AbortSignal.timeout(50)))).toBeLessThan(2_500)
  })

  it('where nobody listens or it leads to the link, and keeps the address to itself', async () => {
    const { getStatus: ask } = externalPageClient({ timeout_ms: 1_000 })
    const refused: unknown = await ask('http://127.0.0.1:9/s?signature=abc', iud).catch(
      (error: unknown) => error,
    )
    expect(refused).toEqual(new TransientError('the page gave no answer (ECONNREFUSED)'))
    expect(JSON.stringify(refused) + inspect(refused)).not.toContain('signature')
    const beside = ask('http://169.254.169.254/s', iud)
    await expect(beside).rejects.toThrow('gave no answer (link-local-host)')
  })
})

describe('a trial of the page', () => {
  it('is a HEAD, which opens nothing', async () => {
    let method: string | undefined
    answer = (request, response) => {
      method = request.method
      response.end()
    }
    await tryPage()
    expect(method).toBe('HEAD')
  })

  it.each([401, 403])('tells with %i that the signature is not taken', async (status) => {
    answering(status)
    await expect(tryPage()).rejects.toMatchObject({ code: 'signature-refused' })
  })

  it.each([302, 404, 405, 503])('tells nothing with %i', async (status) => {
    answering(status, '', { location: 'http://127.0.0.1:9/' })
    await expect(tryPage()).rejects.toThrow(new TransientError(`the page answered ${status}`))
  })
})
