import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { govpayClient } from '#connectors/govpay/client'
import { tenantOf } from '#connectors/govpay/config'
import { exampleAccess, exampleTenant, iudFor } from '#connectors/govpay/example-payment'
import { TransientError } from '#core/errors'
import type { NuovaPendenza } from '#connectors/govpay/words'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const iud = iudFor(4250)
const pendenza = {
  idA2A: 'A2A-CORRENTE',
  idPendenza: iud,
  dominio: { idDominio: exampleAccess.domain_id },
  stato: 'NON_ESEGUITA',
  importo: 42.5,
  numeroAvviso: '301000000012345688',
  iuvAvviso: '01000000012345688',
  voci: [],
  rpp: [],
}
const opening = { idPendenza: iud, causale: 'Canone è dovuto', importo: '300.00' } as NuovaPendenza

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

// Each test is another caller: a pause that one is asked for is not the next one's.
let callers = 0
const clientOf = (base_url: string, timeout_ms = 1_000) => {
  callers += 1
  const tenant = exampleTenant(base_url, { timeout_ms, application_id: `A2A-${callers}` })
  return govpayClient(tenantOf({ tenant, service: {} }))
}
const client = (timeout_ms?: number) =>
  clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/govpay/`, timeout_ms)

const answering = (status: number, body: unknown = '', headers = {}): void => {
  answer = (_request, response) =>
    void response
      .writeHead(status, headers)
      .end(typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body))
}

interface Seen {
  readonly call: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Answers so, and tells what was asked. */
const listening = (status: number, body: unknown): Seen[] => {
  const seen: Seen[] = []
  answer = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      seen.push({ call: `${request.method} ${request.url}`, headers: request.headers, body: text })
      response.writeHead(status).end(JSON.stringify(body))
    })
  }
  return seen
}

describe('the client', () => {
  it('asks the API of debts, below the path of the base URL, with its credentials', async () => {
    const seen = listening(200, pendenza)
    await client().getPendenza(iud)
    const path = `/govpay/backend/api/pendenze/rs/basic/v2/pendenze/A2A-${callers}/${iud}`
    expect(seen[0]?.call).toBe(`GET ${path}`)
    const { username, password } = exampleAccess
    const basic = Buffer.from(`${username}:${password}`).toString('base64')
    expect(seen[0]?.headers['authorization']).toBe(`Basic ${basic}`)
  })

  it('asks the API of payments for a page, and says where to come back to', async () => {
    const seen = listening(201, { id: '1', redirect: 'https://pay.example/scelta?idSession=1' })
    const { url } = await client().postPagamento(iud, 'http://127.0.0.1:9/landing/1')
    expect(url).toBe('https://pay.example/scelta?idSession=1')
    expect(seen[0]?.call).toBe('POST /govpay/frontend/api/pagamento/rs/basic/v2/pagamenti')
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      pendenze: [{ idA2A: `A2A-${callers}`, idPendenza: iud }],
      urlRitorno: 'http://127.0.0.1:9/landing/1',
    })
  })

  it('sends UTF-8 and says so, amounts as numbers with two decimals, and nothing of its own key', async () => {
    const seen = listening(201, { idDominio: '01234567890', numeroAvviso: '301000000012345688' })
    await client().putPendenza(opening)
    expect(seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(seen[0]?.body).toBe('{"causale":"Canone è dovuto","importo":300.00}')
  })

  it('cancels with words in upper case', async () => {
    const seen = listening(200, pendenza)
    await client().patchPendenza(iud, [{ op: 'REPLACE', path: '/stato', value: 'ANNULLATA' }])
    expect(seen[0]).toMatchObject({
      headers: { 'content-type': 'application/json-patch+json; charset=utf-8' },
      body: '[{"op":"REPLACE","path":"/stato","value":"ANNULLATA"}]',
    })
  })

  it('takes nothing at all for the cancelling it asked for, but no page', async () => {
    const change = { op: 'REPLACE', path: '/stato', value: 'ANNULLATA' } as const
    answering(200)
    await client().patchPendenza(iud, [change])
    answering(200, '<!doctype html><title>Login</title>')
    await expect(client().patchPendenza(iud, [change])).rejects.toThrow(TransientError)
  })

  it.each(['..', '.', '', '../x?y', `${iud}/..`, `${iud}\n`, iud.slice(1), iud.toUpperCase()])(
    'lets no iud leave its place: %j is not sent',
    async (strange) => {
      const seen = listening(200, pendenza)
      const { putPendenza, getPendenza, findPendenza, patchPendenza, postPagamento } = client()
      const asks = [
        () => putPendenza({ ...opening, idPendenza: strange }),
        () => getPendenza(strange),
        () => findPendenza(strange),
        () => patchPendenza(strange, []),
        () => postPagamento(strange),
      ]
      for (const ask of asks) {
        await expect((async () => ask())()).rejects.toMatchObject({ code: 'bad-iud' })
      }
      expect(seen).toEqual([])
    },
  )

  it('lets no number of GovPay leave its place either', async () => {
    const seen = listening(404, {})
    const { getRt } = client()
    const key = { idDominio: '01234567890', ccp: 'n/a?' }
    for (const iuv of ['..', '.', '']) {
      await expect(getRt({ ...key, iuv })).rejects.toThrow(TransientError)
    }
    expect(seen).toEqual([])
    await getRt({ ...key, iuv: '../..' }).catch(() => undefined)
    expect(seen[0]?.call).toContain('/rpp/01234567890/..%2F../n%2Fa%3F/rt')
  })

  it('takes a page from a redirect of the payment API, as with Checkout', async () => {
    for (const status of [302, 303]) {
      answering(status, '', { location: 'https://checkout.example/c/1' })
      expect(await client().postPagamento(iud)).toEqual({ url: 'https://checkout.example/c/1' })
    }
    answering(302, '', { location: 'javascript:alert(1)' })
    await expect(client().postPagamento(iud)).rejects.toThrow(TransientError)
    answering(302)
    await expect(client().postPagamento(iud)).rejects.toThrow(TransientError)
  })

  it.each([
    ['HTML', '<!doctype html><title>Login</title>'],
    ['nothing', ''],
    ['JSON cut short', JSON.stringify(pendenza).slice(0, -5)],
    ['JSON deeper than anybody writes', '['.repeat(200_000)],
    ['a notice number that is a number', { ...pendenza, numeroAvviso: 301000000012345688 }],
    ['a tax code that lost its zero', { ...pendenza, dominio: { idDominio: 1234567890 } }],
    ['an amount that is none', { ...pendenza, importo: 'many' }],
    ['the debt of another', { ...pendenza, idPendenza: iudFor(1) }],
    ['more than is reasonable', JSON.stringify(pendenza).padEnd(10_000_001)],
  ])('takes 200 with %s as unknown', async (_what, body) => {
    answering(200, body)
    await expect(client().getPendenza(iud)).rejects.toThrow(TransientError)
  })

  it('takes a page instead of a PDF, or a script instead of a page to pay at, as unknown', async () => {
    answering(200, '<!doctype html>')
    await expect(client().getAvviso('1', '2')).rejects.toThrow(TransientError)
    answering(201, { redirect: 'javascript:alert(1)' })
    await expect(client().postPagamento(iud)).rejects.toThrow(TransientError)
  })

  it('takes 201 for a document, too', async () => {
    answering(201, '%PDF-1.3')
    expect(await client().getRt({ idDominio: '1', iuv: '2', ccp: '3' })).toHaveLength(8)
  })

  it('is quiet while GovPay wants to be left alone, whoever asks', async () => {
    answering(429, '', { 'retry-after': '60' })
    const asked = client()
    await expect(asked.getPendenza(iud)).rejects.toThrow('GovPay answered 429')
    const seen = listening(200, pendenza)
    await expect(asked.getProfilo()).rejects.toThrow('GovPay asked to be left alone for 60 s more')
    expect(seen).toEqual([])
    await client().getPendenza(iud)
    expect(seen).toHaveLength(1)
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
    expect(await elapsed(client(100).getPendenza(iud))).toBeLessThan(2_500)
  })

  it('for an answer that drips', async () => {
    answer = (request, response) => {
      const dripping = setInterval(() => response.write(' '), 20)
      request.on('close', () => clearInterval(dripping))
      response.on('close', () => clearInterval(dripping))
    }
    expect(await elapsed(client(150).getPendenza(iud))).toBeLessThan(2_500)
  })

  it('once its caller gives up', async () => {
    answer = () => undefined
    const giving = client(3_000).getPendenza(iud, AbortSignal.timeout(50))
    expect(await elapsed(giving)).toBeLessThan(2_500)
  })

  it('where the connection is refused, breaks or leads to the link, and keeps its secrets', async () => {
    const refused: unknown = await clientOf('http://127.0.0.1:9')
      .getPendenza(iud)
      .catch((error: unknown) => error)
    expect(refused).toEqual(new TransientError('GovPay gave no answer (ECONNREFUSED)'))
    const told = JSON.stringify(refused) + inspect(refused)
    expect(told).not.toContain(exampleAccess.password)
    answer = (request) => request.socket.destroy()
    await expect(client().getPendenza(iud)).rejects.toThrow(TransientError)
    const beside = clientOf('http://169.254.169.254').getPendenza(iud)
    await expect(beside).rejects.toThrow('gave no answer (link-local-host)')
  })
})
