import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { apicurioRegistry, databaseUrl, registryUrlOf } from '#compose/embedded/apicurio-registry'

const runtime = {
  java: 'java',
  classPath: '/cache/registry.jar',
  archive: { isPresent: true, options: [], archivePath: '', listPath: '' },
}

it('answers a registration only when it is written', () => {
  expect(databaseUrl('/srv/stack')).toBe(
    'jdbc:h2:file:/srv/stack/registry/registry;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0',
  )
})

it('listens on loopback only and caps its log', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'registry-'))
  const args = await apicurioRegistry(dataDir, 17000).prepare(runtime)
  expect(args).toContain('-Dquarkus.http.host=127.0.0.1')
  expect(args).toContain('-Dquarkus.http.port=17081')
  expect(args).toContain('-Dquarkus.log.file.rotation.max-file-size=10M')
  expect(args.slice(-2)).toEqual(['-jar', '/cache/registry.jar'])
  await rm(dataDir, { recursive: true })
})

it('speaks the Confluent protocol on the port of its base', () => {
  expect(registryUrlOf(17000)).toBe('http://127.0.0.1:17081/apis/ccompat/v7')
})

it.each([
  ['BACKWARD', undefined],
  ['NONE', 'did not take the compatibility BACKWARD'],
])('sets BACKWARD and looks whether the registry has %s', async (level, failure) => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    response.end(JSON.stringify({ compatibilityLevel: level }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const registry = apicurioRegistry('/srv/stack', (server.address() as AddressInfo).port - 81)
  const outcome = await registry.configure?.().catch((error: Error) => error.message)
  if (failure === undefined) expect(outcome).toBeUndefined()
  else expect(outcome).toContain(failure)
  expect(requests).toEqual(['PUT /apis/ccompat/v7/config', 'GET /apis/ccompat/v7/config'])
  server.closeAllConnections()
  server.close()
})
