import type { stat } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { isReachable } from '#compose/embedded/server-user'

const nobody = { uid: 65_534, gid: 65_534 }

/** Folders by path: owner, group, mode. */
const folders = (modes: Record<string, readonly [uid: number, gid: number, mode: number]>) =>
  (async (path: string) => {
    const [uid, gid, mode] = modes[path] ?? [0, 0, 0o755]
    return { uid, gid, mode }
  }) as unknown as typeof stat

it('passes where every folder on the way lets others through', async () => {
  expect(await isReachable('/srv/corrente/stack', nobody, folders({}))).toBe(true)
  expect(await isReachable('/srv', nobody, folders({ '/srv': [0, 0, 0o711] }))).toBe(true)
})

it('is stopped by a parent that is its owner’s alone', async () => {
  const home = folders({ '/srv/closed': [0, 0, 0o700] })
  expect(await isReachable('/srv/closed/stack', nobody, home)).toBe(false)
})

it('passes through what is its own, or its group’s', async () => {
  expect(await isReachable('/srv', nobody, folders({ '/srv': [65_534, 0, 0o700] }))).toBe(true)
  expect(await isReachable('/srv', nobody, folders({ '/srv': [0, 65_534, 0o710] }))).toBe(true)
})

it('is kept out by the rights of its own class, whatever the others may', async () => {
  expect(await isReachable('/srv', nobody, folders({ '/srv': [65_534, 0, 0o077] }))).toBe(false)
})
