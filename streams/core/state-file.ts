import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The file does not hold what it says it holds. */
export class StoreCorruptError extends Error {
  override name = 'StoreCorruptError'
}

/** The file of a store, LMDB's; what vouches for it lies beside it (`store-marker.ts`). */
export const dataFile = (directory: string): string => join(directory, 'data.mdb')

export const pageBytes = 4_096
const magic = 0xbeefc0de
const magicAt = 24

/** Why the file should not even be opened: the library ends the process over one that is not its own. */
export function fileDoubt(directory: string): string | undefined {
  const file = openSync(dataFile(directory), 'r')
  try {
    const head = Buffer.alloc(2 * pageBytes)
    const isWhole = readSync(file, head) === head.length
    const isOurs = [0, pageBytes].every((page) => head.readUInt32LE(page + magicAt) === magic)
    return isWhole && isOurs ? undefined : 'its file is not one of ours'
  } finally {
    closeSync(file)
  }
}

/** A file that was cut off would end the process at the first page that is missing. Throws StoreCorruptError. */
export function expectWhole(stats: object, path: string): void {
  const { lastPageNumber } = stats as { readonly lastPageNumber: number }
  const needed = (lastPageNumber + 1) * pageBytes
  const { size } = statSync(path)
  if (size < needed) throw new StoreCorruptError(`${path} has ${size} bytes of ${needed}`)
}
