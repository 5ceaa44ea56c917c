import type { Disk } from '#connectors/object-store-files/client'
import {
  factsOf,
  type KeptObject,
  keptObjectOf,
  readName,
} from '#connectors/object-store-files/mapping'
import { folderOf } from '#connectors/object-store-files/writing'
import { TransientError } from '#core/errors'
import type { AbandonedObject } from '#ports/object-store'

/** How often a folder is emptied again that somebody still writes to. */
const roundsMax = 10

/** An object's facts; undefined where it is not there. */
export async function keptIn(disk: Disk, key: string): Promise<KeptObject | undefined> {
  const text = await disk.readText(factsOf(key))
  return text === undefined ? undefined : keptObjectOf(key, text)
}

/** The objects below a folder, which is empty or ends with a slash, by key. */
export async function* objectsIn(
  disk: Disk,
  folder: string,
): AsyncGenerator<KeptObject, void, undefined> {
  const names = (await disk.entries(folder)).flatMap((entry) => {
    if (entry.isDirectory()) return [`${entry.name}/`]
    return isFacts(entry.name) ? [readName(entry.name)!.of] : []
  })
  for (const name of names.sort()) {
    if (name.endsWith('/')) yield* objectsIn(disk, folder + name)
    else {
      const kept = await keptIn(disk, folder + name)
      if (kept) yield kept
    }
  }
}

/** Whether a file holds the facts of an object, so that it stands for it. */
const isFacts = (name: string): boolean => {
  const read = readName(name)
  return read !== undefined && read.id === undefined
}

/** Removes all that is below a folder, and it; how many objects that were. */
export async function emptyFolder(disk: Disk, folder: string): Promise<number> {
  let removed = 0
  for (let round = 0; round < roundsMax; round += 1) {
    const entries = await disk.entries(folder)
    const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
    // Facts first: an object of which some is gone is none.
    for (const name of [...files.filter(isFacts), ...files.filter((name) => !isFacts(name))]) {
      await disk.remove(folder + name)
      if (isFacts(name)) removed += 1
    }
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      removed += await emptyFolder(disk, `${folder}${name}/`)
    }
    if (entries.length === 0) return removed
    await disk.sync(folder)
    // What somebody put meanwhile is found by the next round.
    if (await disk.removeFolder(folder)) return removed
  }
  throw new TransientError('what is below a prefix is still being written', { isOfParty: false })
}

/** Removes the folders that nothing is in, from the one of a key upwards. */
export async function prune(disk: Disk, key: string): Promise<void> {
  for (let folder = folderOf(key); folder !== ''; folder = folderOf(folder.slice(0, -1))) {
    if (!(await disk.removeFolder(folder))) return
  }
}

/** Files that no facts name, of which none has changed since an instant, milliseconds since 1970. */
export async function* abandonedIn(
  disk: Disk,
  folder: string,
  olderThan: number,
): AsyncGenerator<AbandonedObject, void, undefined> {
  const files = new Map<string, string[]>()
  for (const entry of await disk.entries(folder)) {
    if (entry.isDirectory()) yield* abandonedIn(disk, `${folder}${entry.name}/`, olderThan)
    const read = readName(entry.name)
    if (read?.id === undefined) continue
    files.set(read.of, [...(files.get(read.of) ?? []), entry.name])
  }
  for (const [name, found] of files) {
    const key = folder + name
    const seenAt = await lastChange(disk, folder, await unnamed(disk, key, found))
    if (seenAt === undefined || seenAt >= olderThan) continue
    yield {
      key,
      seenAt: new Date(seenAt).toISOString(),
      async abort() {
        for (const file of await unnamed(disk, key, found)) await disk.remove(folder + file)
        await disk.sync(folder)
        await prune(disk, key)
      },
    }
  }
}

/** Those that the facts do not name; none of an object whose facts cannot be read: a person looks at it first. */
async function unnamed(
  disk: Disk,
  key: string,
  files: readonly string[],
): Promise<readonly string[]> {
  try {
    const parts = (await keptIn(disk, key))?.parts ?? []
    const named = new Set(parts.map(({ file }) => file))
    return files.filter((file) => !named.has(file))
  } catch (error) {
    if ((error as Error).name === 'RejectedError') return []
    throw error
  }
}

async function lastChange(
  disk: Disk,
  folder: string,
  files: readonly string[],
): Promise<number | undefined> {
  const changes = await Promise.all(files.map((file) => disk.changedAt(folder + file)))
  const known = changes.filter((change) => change !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
