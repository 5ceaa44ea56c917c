import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DiskRows, treesOfRows } from '#core/disk-rows'
import { MemoryRows } from '#core/memory-rows'
import type { Rows } from '#core/rows'
import { openStateDatabase, type StateDatabase } from '#core/state-database'
import { lookupFailure } from '#core/state-failure'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

interface Opening {
  readonly wire: Pick<Wire, 'decode'>
  /** Where the rows lie; in memory where absent. */
  readonly directory: string | undefined
}

/** Address space for the rows of a table, bytes; its file grows beyond it if it must. */
const addressBytes = 16_000_000_000

/** Opens rows that nobody has yet; in memory where the topic says that they are few. Throws what to do about a disk. */
export function openRows(topic: AnyTopic, { wire, directory }: Opening): Rows {
  if (directory === undefined || topic.hasFewRows) return new MemoryRows(topic)
  const failureOf = (cause: unknown) => lookupFailure(topic.name, directory, cause)
  let database: StateDatabase | undefined
  try {
    database = openNameless(directory, topic.name)
    return new DiskRows({ topic, wire, database, failureOf })
  } catch (error) {
    void database?.close()
    throw failureOf(error)
  }
}

/**
 * A file that loses its name as soon as it is open. Nobody else can come upon it, and the system takes it away when it
 * is closed, however its process ends: rows that are read anew at each start leave nothing behind.
 */
function openNameless(directory: string, name: string): StateDatabase {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const own = mkdtempSync(join(directory, `${name}-`))
  try {
    return openStateDatabase({ directory: own, treesMax: treesOfRows, bytesMax: addressBytes })
  } finally {
    rmSync(own, { recursive: true })
  }
}
