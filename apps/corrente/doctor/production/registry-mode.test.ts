import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { checkRegistryMode } from '#apps/corrente/doctor/production/registry-mode'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function registryThat(status: number, body: unknown): Promise<string> {
  server = createServer((request, response) => {
    expect(request.url).toBe('/mode')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const signed = { authorization: 'Basic eA==' }
const told = async (url: string, headers: Record<string, string> = signed) =>
  (await checkRegistryMode(url, headers)).map(({ level, sentence }) => `${level}: ${sentence}`)

it('is well where schemas are taken from who signs in', async () => {
  expect(await told(await registryThat(200, { mode: 'READWRITE' }))).toEqual([
    'ok: the registry takes new schemas',
  ])
})

it('is a warning where nothing can be registered any more', async () => {
  expect(await told(await registryThat(200, { mode: 'READONLY' }))).toEqual([
    expect.stringMatching(/^warning: the registry's mode is READONLY/),
  ])
})

it('is a warning where anybody may register', async () => {
  expect(await told(await registryThat(404, {}), {})).toEqual([
    expect.stringMatching(/^warning: the registry asks nobody who comes/),
  ])
})

it('is a problem where our user is refused, by the names of its settings', async () => {
  expect(await told(await registryThat(401, {}))).toEqual([
    'problem: the registry refuses SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD: correct them',
  ])
})

it('says nothing where it does not answer: that is told with the schemas', async () => {
  expect(await told('http://127.0.0.1:1')).toEqual([])
})
