import { defineProcessor } from '#core/processor'
import * as topics from '#schemas/topics'
import { keepExport } from '#streams/exports/keep-export'

/**
 * Decides alone what becomes of exports: what is to be done next, what everybody sees, when their time is over. A row
 * per export and one per chunk: however often a step is reported, it counts once.
 */
export const exportKeeper = defineProcessor({
  name: 'export-keeper',
  input: topics.exportFacts,
  outputs: [
    topics.exportsCurrent,
    topics.exportsRequested,
    topics.exportExtractions,
    topics.exportSplittings,
    topics.pdfJobs,
    topics.exportPackings,
    topics.exportPurgings,
    topics.exportTellings,
  ],
  state: topics.exportRows,
  timers: true,

  handle: (fact, { state, now }) => keepExport(fact, { rows: state, now }),
})
