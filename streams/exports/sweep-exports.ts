import type { ListedObject, ObjectStore } from '#ports/object-store'
import type { ExportCurrent } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { endedSince } from '#streams/exports/ended-since'
import { exportIdIn, exportsPrefix } from '#streams/exports/export-objects'
import { stallMs } from '#streams/exports/kept-export'
import { type Swept, SweepTally, type Why } from '#streams/exports/sweep-tally'

/**
 * How old is old. A step that says nothing for `stallMs` ends its export, one that was begun just before may store
 * something for half an hour more; the rest of the least is for clocks that differ, the store's and ours.
 */
export const sweepAgeMs = { least: 2 * stallMs, usual: 3 * stallMs } as const

/** What is known of exports. */
export interface KnownExports {
  get(exportId: string): ExportCurrent | undefined
  /** Resolves once all that was written before this call is in. Throws where it may not be: then nothing is known. */
  refresh(): Promise<void>
}

export interface Sweeping {
  readonly objects: Pick<ObjectStore, 'list' | 'delete' | 'abandoned'>
  readonly exports: KnownExports
  /** Only what is older than this instant is looked at. */
  readonly before: Date
  /** Nothing is deleted, and all of it is counted. */
  readonly isDryRun: boolean
  readonly signal?: AbortSignal
}

/** Objects of one export. */
interface Lot {
  readonly exportId: string
  readonly objects: readonly ListedObject[]
}

/** So many are deleted at once, after each look at what is known. */
const lotMax = 16

/**
 * Deletes what no export needs and nobody deleted: a process was killed in between, a timer came too late or never. What it
 * cannot prove to be dead it leaves alone. A row is written before anything of its export is stored; so of an object that
 * was listed, whose row is not there once all is read that was written until then, nothing is kept.
 *
 * Does nothing where the exports cannot be read: throws what they throw. What fails later ends it, and is told.
 */
export async function sweepExports(sweeping: Sweeping): Promise<Swept> {
  const { exports, objects, before, isDryRun, signal } = sweeping
  const tally = new SweepTally()
  await exports.refresh()
  try {
    for await (const lot of suspects(sweeping, tally)) {
      signal?.throwIfAborted()
      await sweepLot(lot, sweeping, tally)
    }
    for await (const upload of objects.abandoned(before.toISOString())) {
      signal?.throwIfAborted()
      if (!upload.key.startsWith(exportsPrefix)) continue
      if (!isDryRun) await upload.abort()
      tally.upload()
    }
  } catch (error) {
    return tally.swept((error as Error).message)
  }
  return tally.swept(null)
}

/** Old objects of exports that seem to be dead, by export. */
async function* suspects(sweeping: Sweeping, tally: SweepTally): AsyncGenerator<Lot, void> {
  let lot: Lot | undefined
  for await (const object of sweeping.objects.list(exportsPrefix)) {
    const exportId = exportIdIn(object.key)
    if (exportId === undefined) tally.foreign()
    else if (isOld(object.storedAt, sweeping) && whyDead(exportId, sweeping)) {
      if (lot && (lot.exportId !== exportId || lot.objects.length === lotMax)) {
        yield lot
        lot = undefined
      }
      lot = { exportId, objects: [...(lot?.objects ?? []), object] }
    }
  }
  if (lot) yield lot
}

async function sweepLot(lot: Lot, sweeping: Sweeping, tally: SweepTally): Promise<void> {
  const { exportId, objects } = lot
  // Whoever asks again under the id of a request of former days has the export begun anew under it.
  await sweeping.exports.refresh()
  const why = whyDead(exportId, sweeping)
  if (why === undefined) return
  const swept = async ({ key, bytes }: ListedObject) => {
    if (!sweeping.isDryRun) await sweeping.objects.delete(key)
    tally.object(why, exportId, bytes)
  }
  const ended = await Promise.allSettled(objects.map(swept))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

/** Undefined of one that is alive, or may be. */
function whyDead(exportId: string, sweeping: Sweeping): Why | undefined {
  const current = sweeping.exports.get(exportId)
  if (current === undefined) return 'unknown'
  const since = endedSince(current)
  return since !== undefined && isOld(since, sweeping) ? 'ended' : undefined
}

const isOld = (instant: string, { before }: Sweeping): boolean =>
  instantOf(instant) < before.getTime()
