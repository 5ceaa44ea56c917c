import { readFileSync } from 'node:fs'
import { open, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What lies beside a store and is read before the store is: whether its file can be trusted. */
export interface StoreMarker {
  /** The layout of the store; another one is not read. */
  readonly format: number
  /** The Kafka cluster whose changelogs it follows. */
  readonly cluster: string
  readonly bootId: string | undefined
  /**
   * `closed`: written out to the disk whole. `opening`: whoever opened it has not come through it yet. `broken`: it
   * could not be read.
   */
  readonly phase: 'opening' | 'open' | 'closed' | 'broken'
}

export const storeFormat = 1
export const markerPath = (directory: string): string => join(directory, 'store.json')

/** The marker of a store; undefined where there is none that can be read. */
export function readMarker(directory: string): StoreMarker | undefined {
  try {
    return JSON.parse(readFileSync(markerPath(directory), 'utf8')) as StoreMarker
  } catch {
    return undefined
  }
}

/**
 * Puts the marker in the place of the one before. It is on the disk when this resolves: what is written to the store
 * after it is never found without it.
 */
export async function writeMarker(directory: string, marker: StoreMarker): Promise<void> {
  const path = markerPath(directory)
  await writeFile(`${path}.new`, JSON.stringify(marker), { flush: true })
  await rename(`${path}.new`, path)
  await syncPath(dirname(path))
}

/** Writes out to the disk what the system still holds of a file or a folder. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
