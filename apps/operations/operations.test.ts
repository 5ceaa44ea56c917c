import { afterEach, describe, expect, it } from 'vitest'
import { operationsDocs } from '#apps/operations/docs'
import {
  exampleLedgers,
  exampleLetter,
  examplePorts,
  exampleSamples,
} from '#apps/operations/example-ports'
import { operations, type OperationsPorts } from '#apps/operations/operations'
import { keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { listen } from '#apps/platform/http'
import { TransientError } from '#core/errors'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const documented = keepingTo(openApiOf(operationsDocs))

/** Serves the pages over a real socket and gets them as a browser would. */
async function served(more: Partial<OperationsPorts> = {}) {
  const server = await listen(operations(examplePorts(more)), 0)
  stops.push(server.close)
  const get = async (path: string) =>
    documented(path, undefined, await fetch(server.url + path, { redirect: 'manual' }))
  // As a reader sees it: without tags, entities spelled out.
  const read = async (path: string) => {
    const response = await get(path)
    expect(response.status, path).toBe(200)
    const text = (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'")
  }
  return { get, read }
}
const letters = (...errors: string[]) => ({
  view: () => ({ samples: exampleSamples(), ledgers: exampleLedgers(errors), problems: [] }),
})
const worker = {
  url: 'http://w',
  app: 'worker',
  version: '0.1.0',
  problems: [],
  units: [],
  circuits: [],
}
const id = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a11'

describe('the overview', () => {
  it('is green where nothing needs anybody, and shows rates, lag and what is parked', async () => {
    const { read, get } = await served({ processes: async () => [worker] })
    const text = await read('/')
    expect(text).toContain('Green: nothing needs anybody.')
    expect(text).toMatch(
      /payment-keeper – 0 payment\.facts 200 200 payments, payment\.anomalies, application-updates 1/,
    )
    expect(text).toContain('debt-position-opener lag 0 · 200/s')
    expect(text).toMatch(/worker ok 0\.1\.0 http:\/\/w/)
    expect(text).toMatch(/payment-1 debt-position-opener 1 3 .* examplepay answered 503/)
    expect(await (await get('/status')).json()).toMatchObject({ status: 'ok', problems: [] })
  })

  it('is red with a sentence for each thing that needs somebody', async () => {
    const processes = async () => [
      { ...worker, problems: ['payment-keeper stopped: its offsets are lost'] },
    ]
    const { read, get } = await served({ ...letters('no-tax-code'), processes })
    const text = await read('/')
    expect(text).toContain('Red: these need somebody.')
    expect(text).toContain('worker: payment-keeper stopped: its offsets are lost')
    expect(text).toContain('payment-dispatcher has 1 dead letter nobody has decided on')
    const status = await get('/status')
    expect(status.status).toBe(503)
    // What processes say of themselves is on their own status.
    expect((await status.json()) as object).toMatchObject({
      problems: [expect.stringMatching(/^payment-dispatcher has 1 dead letter/)],
    })
  })

  it('is shown while Kafka is away, and says so', async () => {
    const problem = 'no Kafka broker answers at one:9092'
    const { read } = await served({
      view: () => ({ samples: exampleSamples(), ledgers: undefined, problems: [problem] }),
      recent: async () => undefined,
    })
    expect(await read('/')).toContain(problem)
  })

  it('shows circuits that are not closed', async () => {
    const circuit = { unit: 'debt-position-opener', party: 'examplepay', state: 'open' } as const
    const circuits = [{ ...circuit, sinceMs: Date.now(), reason: 'answered 503' }]
    const { read } = await served({ processes: async () => [{ ...worker, circuits }] })
    expect(await read('/')).toMatch(/examplepay debt-position-opener open .* answered 503/)
  })

  it('escapes what others have written, and loads nothing but its own style', async () => {
    const hostile = `<script>alert('x')</script>`
    const { get } = await served(letters(hostile))
    const response = await get('/')
    const page = await response.text()
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;')
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'/,
    )
    expect((await get('/style.css')).headers.get('content-type')).toContain('text/css')
  })

  it('shows itself anew only where it is asked to', async () => {
    const { get } = await served()
    const anew = '<meta http-equiv="refresh" content="5" />'
    expect(await (await get('/')).text()).not.toContain(anew)
    expect(await (await get('/?refresh=on')).text()).toContain(anew)
  })
})

describe('the page of dead letters', () => {
  it('counts them by unit and links each', async () => {
    const { read, get } = await served(letters('no-tax-code', 'UndecodableError'))
    expect(await read('/dead-letters')).toMatch(/payment-dispatcher 2 /)
    const page = await (await get('/dead-letters?unit=payment-dispatcher')).text()
    expect(page).toContain('href="/dead-letters/payment-dispatcher/0/1"')
    expect(await read('/dead-letters?unit=payment-keeper')).not.toContain('no-tax-code')
  })

  it('shows one with its headers and value, persons hidden, and how to decide', async () => {
    const letter = exampleLetter('no-tax-code')
    const { record } = letter
    const shown = { at: '', time: '', key: 'k', headers: { 'dlq.message': '***' }, bytes: 8 }
    const { read } = await served({
      letter: async ({ offset }) =>
        offset === 0
          ? { letter, decision: undefined, shown: { ...shown, value: { id, name: '***' } } }
          : undefined,
    })
    const text = await read('/dead-letters/payment-dispatcher/0/0')
    expect(text).toContain('corrente dlq redrive payment-dispatcher.dlq@0:0')
    expect(text).toContain('dlq.message ***')
    expect(text).toContain(id)
    expect(text).not.toContain(record.value!.toString())
  })

  it.each([
    '/dead-letters/payment-dispatcher/0/9',
    '/dead-letters/x/0/0',
    '/dead-letters/payment-keeper/a/b',
  ])('says that none is at %s', async (path) => {
    const { get } = await served()
    expect((await get(path)).status).toBe(404)
  })
})

describe('the pages of payments', () => {
  const payment = {
    id,
    status: 'COMPLETE',
    amountCents: 4_250,
    createdAt: '2026-01-15T10:00:00+01:00',
  }
  const recent = async () => ({
    payments: [{ ...payment, changedAtMs: 0 }],
    anomalies: [{ paymentId: id, kind: 'settled-twice', amountCents: 4_250, atMs: 0 }],
  })

  it('list the last ones and tell the timeline of one', async () => {
    const events = [
      {
        at: 'payments@2:5',
        timestamp: 1_000,
        what: 'CREATION_PENDING',
        by: 'd',
        payment: undefined,
      },
      { at: 'payments@2:9', timestamp: 2_500, what: 'COMPLETE', by: 'k', payment: undefined },
    ]
    const { read, get } = await served({ recent, story: async () => events })
    expect(await read('/payments')).toMatch(new RegExp(`${id} COMPLETE 42\\.50 €`))
    expect(await read('/')).toMatch(new RegExp(`${id} settled-twice 42\\.50 €`))
    expect(await read(`/payments/${id}`)).toMatch(
      /0\.000 s CREATION_PENDING payments@2:5 d 1\.500 s COMPLETE payments@2:9 k/,
    )
    const found = await get(`/payments?id=${id.toUpperCase()}`)
    expect([found.status, found.headers.get('location')]).toEqual([303, `/payments/${id}`])
  })

  it('say what they do not find, and what cannot be read now', async () => {
    const away = () => Promise.reject(new TransientError('Kafka has not answered yet'))
    const { get } = await served({ story: away })
    expect((await get('/payments/x')).status).toBe(404)
    expect((await get('/payments?id=no%20id')).status).toBe(400)
    expect((await get(`/payments/${id}`)).status).toBe(503)
  })
})
