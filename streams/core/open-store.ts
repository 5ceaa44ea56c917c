import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bootId } from '#core/boot-id'
import { DiskStore } from '#core/disk-store'
import type { Log } from '#core/log'
import { openStateDatabase, type StateDatabase, StoreTakenError } from '#core/state-database'
import { expectRoom, stateFailure } from '#core/state-failure'
import { dataFile, fileDoubt } from '#core/state-file'
import type { UnitStore } from '#core/state-store'
import {
  markerPath,
  readMarker,
  storeFormat,
  type StoreMarker,
  writeMarker,
} from '#core/store-marker'
import { storeDoubt } from '#core/verdict'

/** Where the units of a process keep their rows. */
export interface StateSettings {
  /** One folder for each slot below it, and in it one for each unit. */
  readonly directory: string
  /** What the rows of one unit may take on the disk, bytes: above it the unit stops. */
  readonly bytesMax: number
  /** Tells the Kafka cluster: a home that was taken to another one holds rows of other changelogs. */
  readonly cluster: () => Promise<string>
  /** Takes a lock file; undefined where a living process holds it. */
  readonly lock: (path: string) => Promise<{ release(): Promise<void> } | undefined>
}

interface Opening {
  readonly settings: StateSettings
  readonly slot: string
  readonly unit: string
  /** Tables times partitions: as many trees the file may have. */
  readonly treesMax: number
  readonly log: Log
  readonly signal: AbortSignal
}

const lockMsMax = 10_000
const spareBytes = 1_000_000_000

export const storeDirectory = ({ directory }: StateSettings, slot: string, unit: string): string =>
  join(directory, slot, unit)

/**
 * Opens the rows of a unit on the disk; empty where there are none that can be trusted. Throws UnitStoppedError where
 * the disk is full, Error where another living process does not let go of them.
 */
export async function openUnitStore(opening: Opening): Promise<UnitStore> {
  const { settings, slot, unit } = opening
  const directory = storeDirectory(settings, slot, unit)
  const cluster = await settings.cluster()
  let held: { release(): Promise<void> } | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    held = await heldLock(join(directory, 'lock'), opening)
    const database = await trusted(directory, cluster, opening)
    return storeOf(database, directory, { ...opening, cluster, held })
  } catch (error) {
    await held?.release()
    throw opening.signal.aborted ? error : stateFailure(unit, directory, error).error
  }
}

async function heldLock(path: string, { settings, signal }: Opening) {
  const deadline = performance.now() + lockMsMax
  for (;;) {
    const held = await settings.lock(path)
    if (held) return held
    if (performance.now() > deadline) {
      throw new StoreTakenError(`another process that lives holds ${path}`)
    }
    // A process that was fenced in this slot lets go of its rows when it notices.
    await sleep(100, undefined, { signal })
  }
}

const mark = (directory: string, cluster: string, phase: StoreMarker['phase']) =>
  writeMarker(directory, { format: storeFormat, cluster, bootId: bootId(), phase })

/** The file, or a new one where there is reason to doubt it. */
async function trusted(
  directory: string,
  cluster: string,
  { settings, treesMax, unit, log }: Opening,
): Promise<StateDatabase> {
  const remake = (reason: string) => {
    log.warn({ unit, directory, reason }, 'state is built anew')
    rmSync(dataFile(directory), { force: true })
    rmSync(`${dataFile(directory)}-lock`, { force: true })
  }
  const openFile = async () => {
    await mark(directory, cluster, 'opening')
    const bytesMax = settings.bytesMax + spareBytes
    const database = openStateDatabase({ directory, treesMax, bytesMax })
    try {
      await mark(directory, cluster, 'open')
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  }
  const isThere = existsSync(dataFile(directory))
  const doubt = isThere
    ? (storeDoubt(readMarker(directory), { bootId: bootId(), cluster }) ?? fileDoubt(directory))
    : undefined
  if (doubt !== undefined) remake(doubt)
  try {
    return await openFile()
  } catch (error) {
    if (!stateFailure(unit, directory, error).isBroken) throw error
    remake((error as Error).message)
    return openFile()
  }
}

interface Held {
  readonly cluster: string
  readonly held: { release(): Promise<void> }
}

function storeOf(
  database: StateDatabase,
  directory: string,
  { unit, settings, cluster, held }: Opening & Held,
): UnitStore {
  let isBroken = false
  const store = new DiskStore({
    database,
    failureOf(cause) {
      const failure = stateFailure(unit, directory, cause)
      isBroken ||= failure.isBroken
      return failure.error
    },
    onWritten: () => expectRoom(unit, database.fileBytes(), settings.bytesMax),
    async onClosed(isFinal) {
      try {
        await database.close()
        if (isBroken) await mark(directory, cluster, 'broken')
        else if (isFinal) {
          await database.sync()
          await mark(directory, cluster, 'closed')
        }
      } catch {
        // On a full disk it stays as it is while open, which the next boot doubts; nothing vouches for a broken one.
        if (isBroken) rmSync(markerPath(directory), { force: true })
      } finally {
        await held.release()
      }
    },
  })
  return store
}
