import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { isAlive, pidPathOf, readPidFile, writePidFile } from '#compose/embedded/pid-file'
import { commandLineOf } from '#compose/embedded/pid-identity'

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pid-file-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

it('reads back what it wrote', () => {
  const path = pidPathOf(dataDir, 'kafka')
  writePidFile(path, process.pid, 17000)
  expect(readPidFile(path)).toMatchObject({ pid: process.pid, portBase: 17000 })
})

it('takes our own command line, which lacks the folder, for another program', () => {
  const path = pidPathOf(dataDir, 'registry')
  writePidFile(path, process.pid, 17000)
  const found = readPidFile(path)
  expect(found && isAlive(found, dataDir)).toBe(false)
})

it('takes a child that is just becoming its program, without a command line yet, for ours', async () => {
  const child = spawn(process.execPath, [
    '-e',
    'process.title = ""; console.log(); setInterval(() => 0, 1e3)',
  ])
  await once(child.stdout, 'data')
  expect(commandLineOf(child.pid ?? 0)).toBe('')
  const path = pidPathOf(dataDir, 'becoming')
  writePidFile(path, child.pid ?? 0, 17000)
  const found = readPidFile(path)
  expect(found && isAlive(found, dataDir)).toBe(true)
  child.kill()
  await once(child, 'exit')
  expect(found && isAlive(found, dataDir)).toBe(false)
})

it.each([
  ['nothing', ''],
  ['half a file', '{"pid": 12'],
  ['another shape', '[]'],
  ['null', 'null'],
  ['the pid of a whole group', '{"pid": 0, "startIdentity": "", "portBase": 17000}'],
  ['init', '{"pid": 1, "startIdentity": "", "portBase": 17000}'],
  ['a negative pid', '{"pid": -5, "startIdentity": "", "portBase": 17000}'],
])('ignores a file that holds %s', async (_, content) => {
  const path = join(dataDir, 'odd.json')
  await writeFile(path, content)
  expect(readPidFile(path)).toBeUndefined()
})

it('ignores a file that is not there', () => {
  expect(readPidFile(join(dataDir, 'absent.json'))).toBeUndefined()
})
