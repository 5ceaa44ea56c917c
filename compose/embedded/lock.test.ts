import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { tryLock, withLock } from '#compose/embedded/lock'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
  path = join(folder, 'run', 'lock')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const stale = JSON.stringify({ pid: process.pid, startIdentity: 'an earlier boot:1', ticket: 1 })

const worker = (log: string[], name: string) => async () => {
  log.push(`${name} begins`)
  await sleep(50)
  log.push(`${name} ends`)
}

const takesTurns = (log: string[]) =>
  log.every(
    (entry, index) => index % 2 === 0 || entry === log[index - 1]?.replace('begins', 'ends'),
  )

it('lets one work at a time', async () => {
  const log: string[] = []
  const names = ['one', 'two', 'three']
  await Promise.all(names.map((name) => withLock(path, { waitMsMax: 5000 }, worker(log, name))))
  expect(log).toHaveLength(6)
  expect(takesTurns(log)).toBe(true)
})

it('lets one work at a time when all find a lock whose holder is gone', async () => {
  await withLock(path, { waitMsMax: 0 }, async () => {})
  await writeFile(path, stale)
  const log: string[] = []
  const names = ['one', 'two', 'three', 'four']
  await Promise.all(names.map((name) => withLock(path, { waitMsMax: 5000 }, worker(log, name))))
  expect(log).toHaveLength(8)
  expect(takesTurns(log)).toBe(true)
  expect(await readdir(join(folder, 'run'))).toEqual([])
})

it('takes over a lock file that holds nothing readable', async () => {
  await withLock(path, { waitMsMax: 0 }, async () => {})
  await writeFile(path, '')
  expect(await withLock(path, { waitMsMax: 1000 }, async () => 'done')).toBe('done')
})

it('gives up after its time, naming the holder, whom it told of once', async () => {
  const waits: number[] = []
  const onWait = (pid: number) => waits.push(pid)
  await withLock(path, { waitMsMax: 0 }, async () => {
    const second = withLock(path, { waitMsMax: 250, onWait }, async () => {})
    await expect(second).rejects.toThrow(`is held by pid ${process.pid}`)
  })
  expect(waits).toEqual([process.pid])
})

it('is waited for no longer once the waiting is aborted', async () => {
  await withLock(path, { waitMsMax: 0 }, async () => {
    const signal = AbortSignal.timeout(50)
    const second = withLock(path, { waitMsMax: 60_000, signal }, async () => {})
    await expect(second).rejects.toThrow('aborted')
  })
  expect(existsSync(path)).toBe(false)
})

it('is free again after work that throws', async () => {
  const failing = withLock(path, { waitMsMax: 0 }, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(existsSync(path)).toBe(false)
})

it('is tried without waiting: held by one, and by the next once it is released', async () => {
  const held = await tryLock(path)
  expect(held).toBeDefined()
  expect(await tryLock(path)).toBeUndefined()
  await held?.release()
  await writeFile(path, stale)
  const next = await tryLock(path)
  expect(next).toBeDefined()
  await held?.release()
  expect(existsSync(path)).toBe(true)
  await next?.release()
  expect(existsSync(path)).toBe(false)
})
