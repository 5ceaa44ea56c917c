import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { expect, it } from 'vitest'

import { commandLineOf, startIdentityOf, startTickOf } from '#compose/embedded/pid-identity'

it('finds the start tick behind a program name with blanks and brackets', () => {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3))
  expect(startTickOf(`42 (od) d (x) ${fields.join(' ')}`)).toBe('22')
})

it('gives a running program one identity, and another program another', async () => {
  const child = spawn('sleep', ['30'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  expect(startIdentityOf(pid)).toBe(startIdentityOf(pid))
  expect(startIdentityOf(pid)).not.toBe(startIdentityOf(process.pid))
  child.kill()
  await once(child, 'exit')
  expect(startIdentityOf(pid)).toBeUndefined()
  expect(commandLineOf(pid)).toBeUndefined()
})

it('tells the whole command line', async () => {
  const child = spawn('sleep', ['31'])
  await once(child, 'spawn')
  expect(commandLineOf(child.pid ?? 0)).toBe('sleep 31')
  child.kill()
  await once(child, 'exit')
})

it('takes a program that its parent never collects for gone', async () => {
  // The shell becomes a sleep, which does not wait for the child it inherits.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'])
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(String(line))
  expect(startIdentityOf(pid)).toBeDefined()
  await expect.poll(() => startIdentityOf(pid)).toBeUndefined()
  expect(process.kill(pid, 0)).toBe(true)
  parent.kill()
  await once(parent, 'exit')
})
