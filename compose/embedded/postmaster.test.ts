import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { postmasterOf } from '#compose/embedded/postmaster'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postmaster-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = (pid: string) =>
  writeFile(join(folder, 'postmaster.pid'), `${pid}\n${folder}\n1795000000\n17032\n\n127.0.0.1\n`)
const running = (line: string) => () => line

it('names the pid and the port of what runs on the folder', async () => {
  await write('4711')
  const line = `/opt/native/bin/postgres -D ${folder} -c port=17032`
  expect(postmasterOf(folder, running(line))).toEqual({ pid: 4711, port: 17_032 })
})

it('takes another program under the pid of a stale file for nobody', async () => {
  await write('4711')
  expect(postmasterOf(folder, running('sleep 30'))).toBeUndefined()
  expect(postmasterOf(folder, running(`/opt/bin/postgres -D ${folder}2 -c port=1`))).toBeUndefined()
  expect(postmasterOf(folder, () => undefined)).toBeUndefined()
})

it.each(['', '0', '1', 'x'])('takes pid %j for none', async (pid) => {
  await write(pid)
  expect(postmasterOf(folder, running(`/bin/postgres -D ${folder} -c`))).toBeUndefined()
})

it('finds none where no file is', () => {
  expect(postmasterOf(folder)).toBeUndefined()
})
