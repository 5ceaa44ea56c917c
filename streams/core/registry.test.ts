import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  answerMsMax,
  RegistryUnreachableError,
  schemaSource,
  UnusableSchemaError,
} from '#core/registry'

type Answer = (response: ServerResponse) => void
let answer: Answer
let server: Server
let url: string
const asked: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume()
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => asked.splice(0))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const says =
  (status: number, body: unknown, type = 'application/vnd.schemaregistry.v1+json'): Answer =>
  (response) =>
    response
      .writeHead(status, { 'content-type': type })
      .end(typeof body === 'string' ? body : JSON.stringify(body))
const page = '<html><title>Sign in</title></html>'
const record = { type: 'record', name: 'Coin', fields: [{ name: 'side', type: 'string' }] }
const schema = JSON.stringify(record)

describe('findSchema', () => {
  it('reads the schema of a writer, and asks once', async () => {
    answer = says(200, { schema })
    const source = schemaSource({ url })
    const type = await source.findSchema(7)
    expect(type?.fromBuffer(Buffer.from([2, 0x78]))).toEqual({ side: 'x' })
    await source.findSchema(7)
    expect(asked).toEqual(['GET /schemas/ids/7'])
  })

  it('takes an explicit 404 for "unknown", and asks again later', async () => {
    const source = schemaSource({ url })
    answer = says(404, { error_code: 40403, message: 'Schema not found' })
    expect(await source.findSchema(7)).toBeUndefined()
    answer = says(200, { schema })
    expect(await source.findSchema(7)).toBeDefined()
  })

  it.each<[string, Answer]>([
    ['a 500', says(500, { error_code: 50001 })],
    ['a 503 with a page', says(503, page, 'text/html')],
    ['a 401', says(401, { error_code: 40101 })],
    ['a page with 200', says(200, page, 'text/html')],
    ['a page with 404', says(404, page, 'text/html')],
    ['JSON that is cut', says(200, '{"schema": "{')],
    ['a lost connection', (response) => response.socket?.destroy()],
  ])('knows nothing after %s', async (_, given) => {
    answer = given
    const found = schemaSource({ url }).findSchema(7)
    await expect(found).rejects.toThrow(RegistryUnreachableError)
  })

  it('knows nothing where nobody listens', async () => {
    const found = schemaSource({ url: 'http://127.0.0.1:1' }).findSchema(7)
    await expect(found).rejects.toThrow('the schema registry at http://127.0.0.1:1 cannot be asked')
  })

  it.each<[string, Answer]>([
    ['hangs', () => undefined],
    [
      'ends in the middle of a body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"sch')
        response.socket?.destroySoon()
      },
    ],
  ])('gives up a registry that %s, and recovers when it answers again', async (_, given) => {
    const source = schemaSource({ url })
    answer = given
    const start = performance.now()
    await expect(source.findSchema(7)).rejects.toThrow(RegistryUnreachableError)
    expect(performance.now() - start).toBeLessThan(answerMsMax + 2_000)
    answer = says(200, { schema })
    expect(await source.findSchema(7)).toBeDefined()
  })

  it('says that a schema it gets is not usable', async () => {
    answer = says(200, { schema: '{"type":"nonsense"}' })
    await expect(schemaSource({ url }).findSchema(7)).rejects.toThrow(UnusableSchemaError)
  })
})

describe('findId', () => {
  it('asks for exactly this schema under the subject', async () => {
    answer = says(200, { id: 12, subject: 'coins-value', version: 1, schema })
    expect(await schemaSource({ url }).findId('coins-value', record)).toBe(12)
    expect(asked).toEqual(['POST /subjects/coins-value'])
  })

  it('is undefined where the schema was never registered', async () => {
    answer = says(404, { error_code: 40401, message: 'Subject not found' })
    expect(await schemaSource({ url }).findId('coins-value', record)).toBeUndefined()
  })

  it('knows nothing after a page', async () => {
    answer = says(404, page, 'text/html')
    const found = schemaSource({ url }).findId('coins-value', record)
    await expect(found).rejects.toThrow(RegistryUnreachableError)
  })
})
