import { statSync } from 'node:fs'
import { type Database, open, type RangeOptions, type RootDatabase } from 'lmdb'
import type { KeyRange } from '#core/key-range'
import { dataFile, expectWhole, pageBytes } from '#core/state-file'
import { syncPath } from '#core/store-marker'

/** One sorted tree of rows in the file of a store. Reads see what was written; changes belong into `write`. */
export interface RowTree {
  get(key: string): Buffer | undefined
  /** In key order, lazily; the limit is for whoever reads. */
  range(range: KeyRange): Iterable<readonly [key: string, bytes: Buffer]>
  put(key: string, bytes: Buffer): void
  remove(key: string): void
  clear(): void
  /** What the rows take in the file, bytes, and how many there are. */
  size(): { readonly rows: number; readonly bytes: number }
}

/** The file of one store: trees by name, and notes about them. */
export interface StateDatabase {
  readonly notes: RowTree
  /** The tree of a name; made where it is not there yet. */
  tree(name: string): RowTree
  /** Makes all the changes that the call makes, or none, off the main thread. Throws what went wrong with the file. */
  write(changes: () => void): Promise<void>
  fileBytes(): number
  /** Writes out to the disk what the system still holds of it. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** The file is another process's now: what this one knows of its rows may be old. */
export class StoreTakenError extends Error {
  override name = 'StoreTakenError'
}

export const notesName = 'notes'
const ownerKey = 'owner'
const rangeRowsFirst = 16
const rangeRowsMax = 1_024

// One byte before each key, because LMDB knows no empty key.
const keyEncoder = {
  writeKey(key: string | Uint8Array, target: Buffer, at: number): number {
    if (typeof key !== 'string') {
      target.set(key, at)
      return at + key.length
    }
    target[at] = 1
    return at + 1 + target.write(key, at + 1, 'utf8')
  },
  readKey: (source: Buffer, start: number, end: number): string =>
    source.toString('utf8', start + 1, end),
}

/** What our file and everybody who reads it agree on. */
export const fileOptions = {
  noSubdir: true,
  pageSize: pageBytes,
  encoding: 'binary',
  keyEncoding: 'binary',
  cache: false,
} as const
export const rowOptions = { encoding: 'binary', keyEncoder, cache: false } as const
export const noteOptions = { ...rowOptions, useVersions: true } as const

interface Opening {
  readonly directory: string
  /** How many trees there may be. */
  readonly treesMax: number
  /** Address space for the file; it grows beyond it if it must. */
  readonly bytesMax: number
}

/** Opens the file and takes it over from whoever had it open. Throws StoreCorruptError. */
export function openStateDatabase({ directory, treesMax, bytesMax }: Opening): StateDatabase {
  const path = dataFile(directory)
  const root = open({
    path,
    ...fileOptions,
    maxDbs: treesMax + 1,
    mapSize: Math.ceil(bytesMax / pageBytes) * pageBytes,
    // A killed process loses nothing by it, since the system has what it wrote; for the rest see the marker.
    noSync: true,
    // Batches of a turn of the event loop reject where nobody listens, when the disk is full, and never let the
    // process exit. One owner writes, one `write` at a time: there is nothing to gather.
    eventTurnBatching: false,
  })
  try {
    expectWhole(root.getStats(), path)
    const notes = root.openDB<Buffer, string>({ name: notesName, ...noteOptions })
    const owner = takeOver(root, notes)
    return {
      notes: treeOf(notes, 1),
      tree: (name) => treeOf(root.openDB<Buffer, string>({ name, ...rowOptions })),
      async write(changes) {
        let isOurs: boolean
        try {
          isOurs = await notes.ifVersion(ownerKey, owner, changes)
        } catch (error) {
          throw await causeOf(error)
        }
        if (!isOurs) throw new StoreTakenError(`another process took ${directory} over`)
        root.resetReadTxn()
      },
      fileBytes: () => statSync(path).size,
      sync: () => syncPath(path),
      close: () => root.close(),
    }
  } catch (error) {
    void root.close()
    throw error
  }
}

function takeOver(root: RootDatabase, notes: Database<Buffer, string>): number {
  return root.transactionSync(() => {
    const owner = (notes.getEntry(ownerKey)?.version ?? 0) + 1
    void notes.put(ownerKey, Buffer.from(String(process.pid)), owner)
    return owner
  })
}

/** Why a write failed: the library tells it apart from that it failed. */
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<never> }
  return commitError ? commitError.catch((cause: unknown) => cause) : error
}

/** A tree of the open file; `version` where its rows carry one. */
export function treeOf(db: Database<Buffer, string>, version?: number): RowTree {
  return {
    get: (key) => db.getBinary(key),
    range: (range) => rowsOf(db, range),
    put: (key, bytes) => void (version ? db.put(key, bytes, version) : db.put(key, bytes)),
    remove: (key) => void db.remove(key),
    clear: () => void db.clearAsync(),
    size() {
      const stats = db.getStats() as Record<string, number>
      const { entryCount = 0, treeBranchPageCount = 0, treeLeafPageCount = 0 } = stats
      const pages = treeBranchPageCount + treeLeafPageCount + (stats['overflowPages'] ?? 0)
      return { rows: entryCount, bytes: pages * pageBytes }
    },
  }
}

/** Read in chunks, so that whoever leaves early leaves no cursor open. */
function* rowsOf(db: Database<Buffer, string>, range: KeyRange) {
  let last: string | undefined
  for (let limit = rangeRowsFirst; ; limit = Math.min(rangeRowsMax, 4 * limit)) {
    const found = [...db.getRange({ ...boundsOf(range, last), limit })]
    for (const { key, value } of found) yield [key, value] as const
    if (found.length < limit) return
    last = found.at(-1)?.key
  }
}

function boundsOf({ gte = '', lt, reverse }: KeyRange, last: string | undefined): RangeOptions {
  if (!reverse) {
    const start = last ?? gte
    return { start, exclusiveStart: last !== undefined, ...(lt === undefined ? {} : { end: lt }) }
  }
  const start = last ?? lt
  return {
    reverse,
    end: gte,
    inclusiveEnd: true,
    ...(start === undefined ? {} : { start, exclusiveStart: true }),
  }
}
