import { clusterOf } from '#apps/platform/cluster'
import { withLog } from '#apps/platform/inspection/log-access'
import type { PlatformSettings } from '#apps/platform/settings'
import { openKnownExports } from '#apps/platform/sweeping/known-exports'
import { expectOwnStore } from '#apps/platform/sweeping/own-store'
import type { ObjectStore } from '#ports/object-store'
import { sweepExports } from '#streams/exports/sweep-exports'
import type { Swept } from '#streams/exports/sweep-tally'

export interface InstallationSweep {
  readonly platform: PlatformSettings
  readonly objects: ObjectStore
  /** The folder for the rows of the table of exports. */
  readonly directory: string
  /** Only what is older is looked at. */
  readonly before: Date
  readonly isDryRun?: boolean
  /** What other installations have claimed of the store is theirs no more. */
  readonly isTakenOver?: boolean
  readonly signal?: AbortSignal
}

/** So long the table of exports may take to be read, milliseconds. */
const readingMsMax = 5 * 60_000

/**
 * Sweeps the object store of an installation once, with the exports as they are on its log now. Throws a sentence where it
 * did nothing: the exports are not known, or the store is not this installation's alone.
 */
export const sweepInstallation = (given: InstallationSweep): Promise<Swept> =>
  withLog(given.platform, async (log) => {
    const { platform, objects, directory, before, signal } = given
    const { isDryRun = false, isTakenOver = false } = given
    const cluster = await clusterOf(platform.kafka)()
    await expectOwnStore(objects, cluster, { isDryRun, isTakenOver })
    const exports = await openKnownExports({ ...log, directory, timeoutMs: readingMsMax })
    try {
      return await sweepExports({ objects, exports, before, isDryRun, ...(signal && { signal }) })
    } finally {
      await exports.close()
    }
  })
