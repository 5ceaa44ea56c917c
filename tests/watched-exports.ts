import type { ExportCurrent } from '#schemas/generated/types'
import { openLogWatch } from '#tests/log-watch'
import type { TestStack } from '#tests/stack'

/** What a stranger who reads the log sees of exports. */
export interface WatchedExports {
  /** The export a request led to, as everybody could see it when it was so last; waits until it was. */
  exportOf(requestId: string, isSo: (one: ExportCurrent) => boolean): Promise<ExportCurrent>
  /** All that was ever told of an export, in order. */
  toldOf(exportId: string): readonly ExportCurrent[]
  /** The export of a request, as soon as there is one. */
  exportIdOf(requestId: string): Promise<string>
  /** Waits until nothing is kept of an export, a minute unless said otherwise. */
  forgotten(exportId: string, msMax?: number): Promise<void>
  close(): Promise<void>
}

const seenMsMax = 45_000

/** Follows what everybody sees of exports. */
export async function watchExports(stack: TestStack): Promise<WatchedExports> {
  // All that each was: one that expires at once is forgotten between two looks.
  const versions = new Map<string, (ExportCurrent | null)[]>()
  const exportIds = new Map<string, string>()
  const topics = ['exports.current', 'exports.requested']
  const watch = await openLogWatch(stack, topics, ({ topic, key, value }) => {
    if (topic === 'exports.current') {
      const version = (value as ExportCurrent | undefined) ?? null
      versions.set(key!, [...(versions.get(key!) ?? []), version])
    } else if (value) exportIds.set(key!, (value as { export_id: string }).export_id)
  })
  const toldOf = (exportId: string) => (versions.get(exportId) ?? []).filter((one) => one !== null)
  return {
    exportOf: (requestId, isSo) =>
      watch.until(
        `the export of ${requestId}`,
        () => toldOf(exportIds.get(requestId) ?? '').findLast(isSo),
        seenMsMax,
      ),
    toldOf,
    exportIdOf: (requestId) =>
      watch.until(`an export of ${requestId}`, () => exportIds.get(requestId), seenMsMax),
    forgotten: async (exportId, msMax = 60_000) => {
      const isForgotten = () => (versions.get(exportId)?.at(-1) === null ? true : undefined)
      await watch.until(`${exportId} to be forgotten`, isForgotten, msMax)
    },
    close: () => watch.close(),
  }
}
