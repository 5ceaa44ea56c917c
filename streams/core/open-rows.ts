import { DiskRows, treesOfRows } from '#core/disk-rows'
import { MemoryRows } from '#core/memory-rows'
import { openNamelessDatabase } from '#core/nameless-database'
import type { Rows } from '#core/rows'
import type { StateDatabase } from '#core/state-database'
import { lookupFailure } from '#core/state-failure'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

interface Opening {
  readonly wire: Pick<Wire, 'decode'>
  /** Where the rows lie; in memory where absent. */
  readonly directory: string | undefined
}

/** Opens rows that nobody has yet; in memory where the topic says that they are few. Throws what to do about a disk. */
export function openRows(topic: AnyTopic, { wire, directory }: Opening): Rows {
  if (directory === undefined || topic.hasFewRows) return new MemoryRows(topic)
  const failureOf = (cause: unknown) => lookupFailure(topic.name, directory, cause)
  let database: StateDatabase | undefined
  try {
    database = openNamelessDatabase(directory, topic.name, treesOfRows)
    return new DiskRows({ topic, wire, database, failureOf })
  } catch (error) {
    void database?.close()
    throw failureOf(error)
  }
}
