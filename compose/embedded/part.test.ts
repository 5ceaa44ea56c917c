import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { kafkaJars } from '#compose/embedded/artefacts'
import { stopChild } from '#compose/embedded/child'
import type { Part, PartContext, PartRuntime } from '#compose/embedded/part'
import { adoptPart, startPart } from '#compose/embedded/part'
import { isAlive, pidPathOf, readPidFile, writePidFile } from '#compose/embedded/pid-file'

let dataDir = ''
let reports: string[] = []
let configured = 0
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'part-'))
  reports = []
  configured = 0
})
afterEach(async () => {
  await stopChild(dataDir, 'fake')
  await rm(dataDir, { recursive: true, force: true })
})

const part = (answers: () => Promise<boolean>): Part => ({
  name: 'fake',
  title: kafkaJars.title,
  artefact: kafkaJars,
  address: '127.0.0.1:17092',
  claims: [],
  classPath: (folder) => folder,
  prepare: async () => [join(dataDir, 'properties')],
  answers,
  configure: async () => void (configured += 1),
})

const context = (changes: Partial<PartContext> = {}): PartContext => ({
  dataDir,
  portBase: 17000,
  report: (line) => reports.push(line),
  signal: new AbortController().signal,
  ...changes,
})

const javaThat = async (script: string): Promise<PartRuntime> => {
  const java = join(dataDir, 'java')
  await mkdir(dataDir, { recursive: true })
  await writeFile(java, `#!/bin/sh\n${script}\n`)
  await chmod(java, 0o755)
  const archive = { isPresent: true, options: [], archivePath: '', listPath: '' }
  return { java, classPath: '', archive }
}

const serving = part(async () => true)
const silent = part(async () => {
  throw new Error('connection refused')
})

it('starts, waits for an answer, configures and tells the address', async () => {
  let asked = 0
  const slow = part(async () => (asked += 1) > 3)
  await startPart(slow, await javaThat('sleep 30; true'), context())
  expect(asked).toBe(4)
  expect(configured).toBe(1)
  expect(reports[0]).toMatch(/^Apache Kafka 4\.3\.1: ready on 127\.0\.0\.1:17092 in \d+\.\d s$/)
})

it('tells the last 20 log lines and where they are when the part ends at once', async () => {
  const java = await javaThat('seq 1 30; exit 2')
  const failure = startPart(silent, java, context())
  await expect(failure).rejects.toThrow(/did not start: it ended with exit code 2/)
  await expect(failure).rejects.toThrow(`(${dataDir}/logs/fake.out):\n11\n12\n`)
})

it('stops waiting when another part has failed, or nobody wants it any more', async () => {
  const signal = AbortSignal.timeout(100)
  const java = await javaThat('sleep 30; true')
  const failure = startPart(silent, java, context({ signal }))
  await expect(failure).rejects.toThrow('aborted')
})

it('adopts what runs and answers', async () => {
  await startPart(serving, await javaThat('sleep 30; true'), context())
  expect(await adoptPart(serving, context())).toBe(true)
  expect(reports.at(-1)).toBe('Apache Kafka 4.3.1: already running on 127.0.0.1:17092')
  expect(configured).toBe(2)
})

it('stops what runs and does not answer in time', async () => {
  await startPart(serving, await javaThat('sleep 30; true'), context())
  const found = readPidFile(pidPathOf(dataDir, 'fake'))
  expect(await adoptPart(silent, context(), 200)).toBe(false)
  expect(reports.at(-1)).toContain('it did not answer within 0.2 s; starting it anew')
  expect(found && isAlive(found, dataDir)).toBe(false)
})

it('refuses other ports while the part runs on its own', async () => {
  await startPart(serving, await javaThat('sleep 30; true'), context())
  await expect(adoptPart(serving, context({ portBase: 18000 }))).rejects.toThrow(
    `of ${dataDir} already runs with port base 17000: stop that stack first`,
  )
})

it('leaves a stranger under the pid of a stale file alone', async () => {
  const stranger = spawn('sleep', ['30'])
  writePidFile(pidPathOf(dataDir, 'fake'), stranger.pid ?? 0, 17000)
  expect(await adoptPart(serving, context())).toBe(false)
  expect(await stopChild(dataDir, 'fake')).toBe(false)
  expect(stranger.exitCode).toBeNull()
  stranger.kill()
})
