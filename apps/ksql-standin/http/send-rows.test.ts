import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { StoredRow } from '#apps/ksql-standin/database/read-rows'
import { rowFormats } from '#apps/ksql-standin/http/row-format'
import { sendRows } from '#apps/ksql-standin/http/send-rows'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

const columns = [{ name: 'ID', type: { kind: 'STRING' }, isKey: true }] as const

/** An answer with these rows; what became of sending them. */
async function asked(rows: () => AsyncGenerator<readonly StoredRow[]>) {
  const gone = new AbortController()
  let sent: Promise<void> | undefined
  const server = createServer((_request, response: ServerResponse) => {
    response.once('close', () => gone.abort(new Error('gone')))
    const { signal } = gone
    sent = sendRows(response, { format: rowFormats.delimited, columns, rows: rows(), signal })
    sent.catch(() => response.headersSent || response.writeHead(500).end())
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`)
  return { response, sent: () => sent }
}

it('writes a header where there is no row', async () => {
  const { response } = await asked(async function* () {})
  expect((await response.text()).split('\n')).toHaveLength(2)
})

it('writes the portions in order', async () => {
  const { response } = await asked(async function* () {
    yield [['a'], [null]]
    yield [['b']]
  })
  const [, ...rows] = (await response.text()).trimEnd().split('\n')
  expect(rows).toEqual(['["a"]', '[null]', '["b"]'])
})

it('leaves the answer to others where nothing was written yet', async () => {
  const { response, sent } = await asked(async function* () {
    yield [['a']]
    throw new Error('too slow')
  })
  expect(response.status).toBe(500)
  await expect(sent()).rejects.toThrow('too slow')
})

it('breaks the answer off where rows fail half way: it must not look whole', async () => {
  const { response, sent } = await asked(async function* () {
    yield [['a']]
    yield [['b']]
    await new Promise((resolve) => setTimeout(resolve, 100))
    throw new Error('too slow')
  })
  await expect(response.text()).rejects.toThrow()
  await expect(sent()).rejects.toThrow('too slow')
})

it('asks for no more rows than a slow client takes, and ends when it is gone', async () => {
  let portions = 0
  let isEnded = false
  const { response, sent } = await asked(async function* () {
    try {
      for (;;) {
        portions += 1
        yield [['x'.repeat(1_000_000)]]
      }
    } finally {
      isEnded = true
    }
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(portions).toBeLessThan(50)
  await response.body?.cancel()
  await expect(sent()).rejects.toThrow()
  expect(isEnded).toBe(true)
})
