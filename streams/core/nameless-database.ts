import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openStateDatabase, type StateDatabase } from '#core/state-database'

/** Address space for the rows, bytes; the file grows beyond it if it must. */
const addressBytes = 16_000_000_000

/**
 * A file that loses its name as soon as it is open. Nobody else can come upon it, and the system takes it away when it
 * is closed, however its process ends: rows that are read anew at each start leave nothing behind.
 */
export function openNamelessDatabase(
  directory: string,
  name: string,
  treesMax: number,
): StateDatabase {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const own = mkdtempSync(join(directory, `${name}-`))
  try {
    return openStateDatabase({ directory: own, treesMax, bytesMax: addressBytes })
  } finally {
    rmSync(own, { recursive: true })
  }
}
