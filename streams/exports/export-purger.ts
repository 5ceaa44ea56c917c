import { defineTask } from '#core/processor'
import type { ObjectStore } from '#ports/object-store'
import * as topics from '#schemas/topics'
import { exportPrefix } from '#streams/exports/export-objects'
import { objectStore, reported } from '#streams/exports/step'

export const exportPurgerName = 'export-purger'

/**
 * Deletes all that is stored of an export: movements, plan, segments, archive, and what was begun of them. It is tried
 * until it is done, for personal data would be left behind.
 */
export const exportPurger = ({ objects }: { readonly objects: ObjectStore }) =>
  defineTask({
    name: exportPurgerName,
    input: topics.exportPurgings,
    outputs: [topics.exportFacts],
    orderBy: ({ export_id }) => export_id,
    partyOf: objectStore,
    concurrency: 4,
    timeoutMs: 10 * 60_000,
    retry: { delayMsFirst: 1_000, delayMsMax: 60_000 },

    async run(purging, { now }) {
      const deleted = await objects.deletePrefix(exportPrefix(purging.export_id))
      return reported(purging, now, [{ type: 'Purged', purged: { objects: deleted } }])
    },
  })
