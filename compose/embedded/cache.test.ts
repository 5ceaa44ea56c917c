import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Artefact } from '#compose/embedded/artefacts'
import type { Download } from '#compose/embedded/cache'
import { cacheDir, isPresent, provide } from '#compose/embedded/cache'

let cache = ''
let downloads = 0
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'cache-'))
  downloads = 0
})
afterEach(() => rm(cache, { recursive: true, force: true }))

const listOf = (content: string) =>
  `${createHash('sha256').update(content).digest('hex')}  one.jar\n`

const artefact: Artefact = {
  title: 'One 1.0',
  folder: 'one-1.0',
  contents: '1 jar',
  checksums: async () => listOf('right'),
  goal: () => [],
}

const downloading =
  (content: string): Download =>
  async (_, folder) => {
    downloads += 1
    await sleep(50)
    await writeFile(join(folder, 'one.jar'), content)
  }

const get = (download: Download, wanted = artefact) =>
  provide(wanted, { cache, download, report: () => {} })

it('downloads once, for all who ask at the same time and later', async () => {
  const folders = await Promise.all([1, 2, 3].map(() => get(downloading('right'))))
  await get(downloading('right'))
  expect(new Set(folders)).toEqual(new Set([join(cache, 'one-1.0')]))
  expect(downloads).toBe(1)
  expect(await readFile(join(cache, 'one-1.0', 'one.jar'), 'utf8')).toBe('right')
  expect(await readdir(cache)).toEqual(['one-1.0'])
})

it('refuses what differs from the list and keeps nothing of it', async () => {
  await expect(get(downloading('wrong'))).rejects.toThrow(
    'One 1.0 was refused: one.jar has other content, says the list one-1.0.sha256',
  )
  expect(await readdir(cache)).toEqual([])
  await get(downloading('right'))
})

it('does not take a folder without its mark for present', async () => {
  const folder = join(cache, 'one-1.0')
  await mkdir(folder)
  await writeFile(join(folder, 'one.jar'), 'right')
  expect(await isPresent(artefact, folder)).toBe(false)
  await get(downloading('right'))
  expect(downloads).toBe(1)
})

it('downloads anew when the list has changed', async () => {
  await get(downloading('right'))
  await get(downloading('newer'), { ...artefact, checksums: async () => listOf('newer') })
  expect(downloads).toBe(2)
})

it('clears away what a killed download left, also where all is present', async () => {
  await get(downloading('right'))
  const [killed, running] = ['one-1.0.part-999999999', `one-1.0.part-${process.ppid}`]
  for (const name of [killed, `${killed}.maven`, running]) await mkdir(join(cache, name))
  await get(downloading('right'))
  expect((await readdir(cache)).sort()).toEqual(['one-1.0', running])
})

it('unpacks after the check, before anything counts as present', async () => {
  const unpack = async (folder: string) => {
    expect(await isPresent(artefact, join(cache, 'one-1.0'))).toBe(false)
    await rm(join(folder, 'one.jar'))
    await writeFile(join(folder, 'unpacked'), '')
  }
  const folder = await get(downloading('right'), { ...artefact, unpack })
  expect((await readdir(folder)).sort()).toEqual(['complete', 'unpacked'])
})

it('lives in XDG_CACHE_HOME where that is an absolute path, else below the home folder', () => {
  expect(cacheDir({ XDG_CACHE_HOME: '/var/c' })).toBe('/var/c/corrente')
  const usual = join(homedir(), '.cache', 'corrente')
  expect(cacheDir({})).toBe(usual)
  expect(cacheDir({ XDG_CACHE_HOME: 'here' })).toBe(usual)
})
