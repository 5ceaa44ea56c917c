import { exporting } from '#tests/bench/exports/export-rows'
import { rendering } from '#tests/bench/exports/render-rows'
import { platformBench } from '#tests/bench/payments/platform-bench'
import { optionsHelp } from '#tests/bench/platform-arguments'
import { exportUnits } from '#tests/export-units'

const help = `npm run bench exports -- [options]

Measures what a document costs, beside pdfmake as it is documented, and how long exports of ten and a hundred thousand
take, from request to archive, on an embedded stack of its own. Prints a table and, last, one JSON line. All rows take
some five minutes; leave the machine alone meanwhile.
${optionsHelp('render, tenk, hundredk')}`

/** The bench of exports. */
export const exportsBench = platformBench({
  bench: 'exports',
  help,
  groups: [rendering, exporting],
  // A worker that only makes exports has few small records: a larger nursery would only cost it memory.
  worker: { units: exportUnits, nodeOptions: [] },
})
