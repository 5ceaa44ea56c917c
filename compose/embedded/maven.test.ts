import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { kafkaJars, registryFiles } from '#compose/embedded/artefacts'
import type { RunTool } from '#compose/embedded/run-tool'
import { bytesBelow, downloadWithMaven, mavenFailure } from '#compose/embedded/maven'

it('says that the network is the trouble', () => {
  const output = [
    '[ERROR] Plugin x could not be resolved: Could not transfer artifact x from central: ' +
      'Connect to 127.0.0.1:9 failed: Connection refused -> [Help 1]',
    '[ERROR] To see the full stack trace, re-run with -e',
  ].join('\n')
  expect(mavenFailure(kafkaJars, { exitCode: 1, output })).toBe(
    'Apache Kafka 4.3.1 is not in the cache and cannot be downloaded: ' +
      'Maven cannot reach its repository (Connection refused); ' +
      "check the network, or the proxy in Maven's settings, and start again",
  )
})

it('repeats what mvn says of any other trouble', () => {
  const output = '[ERROR] No space left on device -> [Help 1]\n[ERROR] more'
  expect(mavenFailure(registryFiles, { exitCode: 1, output })).toContain(
    'mvn says "No space left on device"; mend that and start again',
  )
})

it('tries the own repository of the user second, but not after an abort', async () => {
  const ending = new AbortController()
  const runs: string[] = []
  const failing: RunTool = async (_, args) => {
    if (args[0] === '-v') return { exitCode: 0, output: 'Apache Maven 3.8.7' }
    runs.push(args.some((arg) => arg.startsWith('-Dmaven.repo.local')) ? 'fresh' : 'own')
    return { exitCode: 1, output: '[ERROR] no' }
  }
  const interrupted: RunTool = async (command, args, signal) => {
    if (args[0] !== '-v') ending.abort()
    return failing(command, args, signal)
  }
  const folder = join(tmpdir(), 'maven-nowhere')

  await expect(
    downloadWithMaven(() => {}, ending.signal, failing)(kafkaJars, folder),
  ).rejects.toThrow('mvn says "no"')
  expect(runs.splice(0)).toEqual(['fresh', 'own'])

  await expect(
    downloadWithMaven(() => {}, ending.signal, interrupted)(kafkaJars, folder),
  ).rejects.toThrow('aborted')
  expect(runs).toEqual(['fresh'])
})

it('weighs a folder with all below it, and one that is not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maven-'))
  await mkdir(join(folder, 'deep', 'er'), { recursive: true })
  await writeFile(join(folder, 'one'), '123')
  await writeFile(join(folder, 'deep', 'er', 'two'), '12345')
  expect(await bytesBelow(folder)).toBe(8)
  await rm(folder, { recursive: true })
  expect(await bytesBelow(folder)).toBe(0)
})
