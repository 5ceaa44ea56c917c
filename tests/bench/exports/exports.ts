import { exporting } from '#tests/bench/exports/export-rows'
import { rendering } from '#tests/bench/exports/render-rows'
import { zip64 } from '#tests/bench/exports/zip64-rows'
import { platformBench } from '#tests/bench/payments/platform-bench'
import { optionsHelp } from '#tests/bench/platform-arguments'
import { exportUnits } from '#tests/export-units'

const help = `npm run bench exports -- [options]

Measures what a document costs, beside pdfmake as it is documented, and how long exports of ten and a hundred thousand
take, from request to archive, on an embedded stack of its own. Prints a table and, last, one JSON line. All rows take
some six minutes and 5 GB of disk; leave the machine alone meanwhile.
${optionsHelp('render, tenk, zip64')}`

/** The bench of exports. */
export const exportsBench = platformBench({
  bench: 'exports',
  help,
  groups: [rendering, exporting, zip64],
  // As `docs/exports.md` says for one that does nothing else: its records are few, and a larger nursery only costs memory.
  worker: { units: exportUnits, nodeOptions: ['--max-semi-space-size=8'] },
})
