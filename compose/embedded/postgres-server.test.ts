import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { placeFor } from '#compose/embedded/open-place'
import {
  postgresArguments,
  postgresFolder,
  postgresServer,
  postgresUrlOf,
} from '#compose/embedded/postgres-server'

it('listens on loopback alone, and on no socket file', () => {
  const args = postgresArguments('/var/tmp/data', '/srv/stack', 17_000)
  expect(args.slice(0, 2)).toEqual(['-D', '/var/tmp/data'])
  expect(args).toEqual(
    expect.arrayContaining([
      'port=17032',
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ]),
  )
  expect(postgresUrlOf(17_000)).toBe('postgres://corrente@127.0.0.1:17032/postgres')
})

it('is recognised by the folder of its stack, wherever its data lies', () => {
  expect(postgresArguments('/var/tmp/data', '/srv/stack', 17_000).join(' ')).toContain(
    '/srv/stack/',
  )
})

it('does not answer where nobody listens', async () => {
  await expect(postgresServer(1).answers()).rejects.toThrow()
})

it('keeps its data below the stack, or where its user can reach it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'postgres-'))
  try {
    expect(await postgresFolder(dataDir, undefined)).toBe(join(dataDir, 'postgres'))
    const nobody = { uid: 65_534, gid: 65_534 }
    expect(await postgresFolder(dataDir, nobody)).toBe(placeFor('postgres', dataDir))
  } finally {
    await rm(dataDir, { recursive: true })
  }
})
