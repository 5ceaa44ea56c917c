import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Journal, openJournal } from '#apps/debit-edge/asking/journal'
import { tryLock } from '#compose/embedded/lock'

/** A journal that no other process has. */
export interface OwnJournal {
  readonly journal: Journal
  /** Lets another process have it. */
  close(): Promise<void>
}

/** The journal of a folder. Throws a sentence where another process that is alive has the folder. */
export async function openOwnJournal(directory: string): Promise<OwnJournal> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const lock = await tryLock(join(directory, 'lock'))
  if (!lock) {
    throw new Error(
      `another process answers for ${directory}: give this one a CORRENTE_SLOT of its own`,
    )
  }
  const journal = openJournal(directory)
  return {
    journal,
    async close() {
      journal.end()
      await lock.release()
    },
  }
}
