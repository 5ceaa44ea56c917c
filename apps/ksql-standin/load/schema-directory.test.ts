import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { schemaDirectory } from '#apps/ksql-standin/load/schema-directory'
import { RegistryUnreachableError } from '#core/registry'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** A registry that answers everything alike, and the requests it got. */
async function answering(status: number, body: string) {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.url, request.headers.authorization)
    response.writeHead(status).end(body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const settings = { url: `http://127.0.0.1:${port}/v7/`, username: 'one', password: 'two' }
  return { directory: schemaDirectory(settings), seen }
}

it('asks for the newest schema of a subject, with its credentials', async () => {
  const schema = { type: 'record', name: 'row', fields: [] }
  const { directory, seen } = await answering(
    200,
    JSON.stringify({ schema: JSON.stringify(schema) }),
  )
  expect(await directory.latest('payments.detail-value')).toEqual(schema)
  expect(seen).toEqual([
    '/v7/subjects/payments.detail-value/versions/latest',
    `Basic ${Buffer.from('one:two').toString('base64')}`,
  ])
})

it('takes a bare name of a type for that type', async () => {
  const { directory } = await answering(200, '{"schema":"\\"string\\""}')
  expect(await directory.byId(3)).toEqual({ type: 'string' })
})

it('finds none where the registry says so, or holds another kind', async () => {
  const none = await answering(404, '{"error_code":40403}')
  expect(await none.directory.byId(3)).toBeUndefined()
  const protobuf = await answering(200, '{"schema":"syntax","schemaType":"PROTOBUF"}')
  expect(await protobuf.directory.byId(3)).toBeUndefined()
})

it.each([
  [404, '<html>not a registry</html>'],
  [500, '{"error_code":50001}'],
  [200, 'nonsense'],
])('takes %i %s for no answer', async (status, body) => {
  const { directory } = await answering(status, body)
  await expect(directory.byId(3)).rejects.toThrow(RegistryUnreachableError)
})

it('says so where nobody listens', async () => {
  const directory = schemaDirectory({ url: 'http://127.0.0.1:1' })
  await expect(directory.byId(3)).rejects.toThrow(RegistryUnreachableError)
})
