import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

import type { Artefact } from '#compose/embedded/artefacts'
import { differencesFrom, parseChecksums } from '#compose/embedded/checksums'
import { withLock } from '#compose/embedded/lock'
import { startIdentityOf } from '#compose/embedded/pid-identity'

/** `$XDG_CACHE_HOME/corrente`, else `~/.cache/corrente`; a relative XDG_CACHE_HOME does not count. */
export const cacheDir = (environment: NodeJS.ProcessEnv = process.env): string => {
  const chosen = environment['XDG_CACHE_HOME'] ?? ''
  return join(isAbsolute(chosen) ? chosen : join(homedir(), '.cache'), 'corrente')
}

/** Fills the folder with the artefact's files, or throws saying why not. */
export type Download = (artefact: Artefact, folder: string) => Promise<void>

export interface CacheOptions {
  readonly cache: string
  readonly download: Download
  readonly report: (line: string) => void
  /** Ends the waiting for another program's download. */
  readonly signal?: AbortSignal | undefined
}

const marker = 'complete'
const downloadMsMax = 30 * 60_000

/**
 * The folder that holds the artefact, downloaded where it is not there yet. Only a folder that was
 * checked against the committed list, and this list, counts as present. Safe to call from several
 * programs at once: one downloads, the others wait.
 */
export const provide = async (artefact: Artefact, options: CacheOptions): Promise<string> => {
  const { cache, report, signal } = options
  const folder = join(cache, artefact.folder)
  await removeLeftovers(artefact, cache)
  if (await isPresent(artefact, folder)) return folder
  const onWait = (pid: number) =>
    report(`${artefact.title}: waiting for pid ${pid}, which downloads it`)
  await withLock(`${folder}.lock`, { waitMsMax: downloadMsMax, onWait, signal }, async () => {
    if (!(await isPresent(artefact, folder))) await fill(artefact, folder, options)
  })
  return folder
}

export const isPresent = async (artefact: Artefact, folder: string): Promise<boolean> => {
  const found = await readFile(join(folder, marker), 'utf8').catch(() => undefined)
  return found === hashOf(await artefact.checksums())
}

const fill = async (
  artefact: Artefact,
  folder: string,
  { cache, download }: CacheOptions,
): Promise<void> => {
  const part = join(cache, `${artefact.folder}.part-${process.pid}`)
  const list = await artefact.checksums()
  try {
    await mkdir(part, { recursive: true })
    await download(artefact, part)
    const differences = await differencesFrom(parseChecksums(list), part)
    if (differences.length > 0) {
      throw new Error(
        `${artefact.title} was refused: ${differences.join(', ')}, ` +
          `says the list ${artefact.folder}.sha256; nothing was kept, start again to download anew`,
      )
    }
    await artefact.unpack?.(part)
    await writeFile(join(part, marker), hashOf(list))
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

// Of downloads that were killed. At every start: a Maven that outlived its launcher may write on for a while.
const removeLeftovers = async (artefact: Artefact, cache: string): Promise<void> => {
  const names = await readdir(cache).catch(() => [])
  for (const name of names) {
    const pid = partPattern.exec(name.slice(artefact.folder.length))?.[1]
    if (!name.startsWith(artefact.folder) || pid === undefined) continue
    if (startIdentityOf(Number(pid)) !== undefined) continue
    await rm(join(cache, name), { recursive: true, force: true })
  }
}

const partPattern = /^\.part-(\d+)/

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
