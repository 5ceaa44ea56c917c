import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { startChild, stopChild } from '#compose/embedded/child'
import { isAlive, pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { commandLineOf } from '#compose/embedded/pid-identity'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'child-'))
})
afterEach(async () => {
  await stopChild(dataDir, 'sleeper')
  await rm(dataDir, { recursive: true, force: true })
})

const start = (script: string) =>
  startChild({
    name: 'sleeper',
    command: 'sh',
    args: ['-c', script, `${dataDir}/run`],
    dataDir,
    portBase: 17000,
  })

const pidFile = () => {
  const found = readPidFile(pidPathOf(dataDir, 'sleeper'))
  if (found === undefined) throw new Error('no pid file')
  return found
}

it('starts a child that is found again by its pid file, and stopped by it once', async () => {
  start('sleep 30; true')
  const found = pidFile()
  expect(isAlive(found, dataDir)).toBe(true)
  expect(await stopChild(dataDir, 'sleeper')).toBe(true)
  expect(isAlive(found, dataDir)).toBe(false)
  expect(existsSync(pidPathOf(dataDir, 'sleeper'))).toBe(false)
  expect(await stopChild(dataDir, 'sleeper')).toBe(false)
})

it('stops what the child has started too', async () => {
  const child = start('sleep 30 & echo $!; wait')
  await expect.poll(() => readFile(join(dataDir, 'logs/sleeper.out'), 'utf8')).toMatch(/\d+\n/)
  const grandchild = Number(await readFile(join(dataDir, 'logs/sleeper.out'), 'utf8'))
  await stopChild(dataDir, 'sleeper')
  await expect.poll(() => commandLineOf(grandchild) ?? '').toBe('')
  await expect.poll(() => child.ended()).toContain('SIGTERM')
})

it('kills a child that does not heed SIGTERM', async () => {
  const child = start('trap "" TERM; while :; do sleep 1; done')
  await sleep(200)
  expect(await stopChild(dataDir, 'sleeper', 300)).toBe(true)
  await expect.poll(() => child.ended()).toContain('SIGKILL')
})

it('leaves a program alone that has taken over the pid', async () => {
  start('sleep 30; true')
  const found = pidFile()
  expect(isAlive({ ...found, startIdentity: 'another boot:1' }, dataDir)).toBe(false)
})

it('leaves a program alone that belongs to a folder of similar name', async () => {
  start('sleep 30; true')
  // Before it has become that program it has no command line for an instant, and counts as ours.
  await expect.poll(() => commandLineOf(pidFile().pid) ?? '').toMatch(/^\S*sh.-c.sleep/)
  expect(isAlive(pidFile(), dataDir.slice(0, -1))).toBe(false)
})

it('says why a child is gone', async () => {
  const child = start('exit 3')
  await expect.poll(() => child.ended()).toBe('it ended with exit code 3')
})

it('says that a command is not there', async () => {
  const child = startChild({
    name: 'sleeper',
    command: join(dataDir, 'java'),
    args: [],
    dataDir,
    portBase: 17000,
  })
  await expect.poll(() => child.ended()).toBe('it ended with exit code 127')
  expect(await readFile(join(dataDir, 'logs/sleeper.out'), 'utf8')).toContain('not found')
})

it('begins nothing when the launcher is killed before it has written the pid file', async () => {
  const script =
    `const fs = await import('node:fs')\n` +
    `fs.default.renameSync = () => process.kill(process.pid, 'SIGKILL')\n` +
    `const { syncBuiltinESMExports } = await import('node:module')\n` +
    `syncBuiltinESMExports()\n` +
    `const { startChild } = await import('#compose/embedded/child')\n` +
    `const args = ['-c', 'echo begun; sleep 30', '${dataDir}/run']\n` +
    `startChild({ name: 'sleeper', command: 'sh', args, dataDir: '${dataDir}', portBase: 17000 })`
  const launcher = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
  const [, signal] = (await once(launcher, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  await expect.poll(() => commandsOf(dataDir)).toEqual([])
  expect(await readFile(join(dataDir, 'logs/sleeper.out'), 'utf8')).toBe('')
})

const commandsOf = (folder: string) =>
  execFileSync('ps', ['-ww', '-eo', 'command='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))
