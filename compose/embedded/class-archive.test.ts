import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { stopChild } from '#compose/embedded/child'
import { archiversName, buildArchives, classArchive } from '#compose/embedded/class-archive'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'class-archive-'))
})
afterEach(async () => {
  await stopChild(dataDir, archiversName)
  await rm(dataDir, { recursive: true, force: true })
})

const archiveNow = () => classArchive(join(dataDir, 'kafka-4.3.1'), 'kafka', dataDir, 'b1')

it('writes the classes down where there is no archive, and uses the archive where there is', async () => {
  expect(archiveNow().options[0]).toBe(`-XX:DumpLoadedClassList=${dataDir}/run/kafka.classes`)
  await writeFile(join(dataDir, 'kafka-4.3.1.b1.jsa'), '')
  expect(archiveNow().options[0]).toBe(`-XX:SharedArchiveFile=${dataDir}/kafka-4.3.1.b1.jsa`)
})

const fakeJava = async (script: string): Promise<string> => {
  const java = join(dataDir, 'java')
  await writeFile(
    java,
    `#!/bin/sh\nfor a; do case $a in *ArchiveFile=*) out=\${a#*=};; esac; done\n${script}\n`,
    {
      mode: 0o755,
    },
  )
  return java
}

const build = async (script: string) => {
  const archive = archiveNow()
  const java = await fakeJava(script)
  await mkdir(join(dataDir, 'run'))
  await writeFile(archive.listPath, 'java/lang/Object\njava/lang/Str')
  await buildArchives([{ archive, classPath: 'x' }], { dataDir, portBase: 17000, java })
  return archive
}

it('gives an archive its name only when it is finished, from whole lines', async () => {
  const { archivePath, listPath } = await build('echo archive > "$out"')
  await expect.poll(() => existsSync(archivePath)).toBe(true)
  expect(await readFile(`${listPath}.whole`, 'utf8')).toBe('java/lang/Object\n')
})

it('leaves no archive where Java fails', async () => {
  const { archivePath } = await build('echo half > "$out"; touch "${out%.part-*}.tried"; exit 1')
  await expect.poll(() => existsSync(`${archivePath}.tried`)).toBe(true)
  await stopChild(dataDir, archiversName)
  expect(existsSync(archivePath)).toBe(false)
})

it('takes away what it was at when it is stopped', async () => {
  const { archivePath } = await build('echo half > "$out"; touch "${out%.part-*}.tried"; sleep 30')
  await expect.poll(() => existsSync(`${archivePath}.tried`)).toBe(true)
  await stopChild(dataDir, archiversName)
  const names = await readdir(dataDir)
  expect(names.filter((name) => name.includes('.part-'))).toEqual([])
})

it('makes nothing that is there', async () => {
  await writeFile(join(dataDir, 'kafka-4.3.1.b1.jsa'), '')
  const sources = [{ archive: archiveNow(), classPath: 'x' }]
  expect(await buildArchives(sources, { dataDir, portBase: 17000, java: 'java' })).toBeUndefined()
})
