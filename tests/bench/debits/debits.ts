import { authoriser } from '#apps/debit-edge/asking/watch-owners'
import { deciding } from '#tests/bench/debits/decide-rows'
import { failingOver } from '#tests/bench/debits/failover-rows'
import { openAtPace } from '#tests/bench/debits/open-rows'
import { projecting } from '#tests/bench/debits/projection-rows'
import { rates } from '#tests/bench/debits/rate-rows'
import { stages } from '#tests/bench/debits/stage-rows'
import { hotCards } from '#tests/bench/debits/zipf-rows'
import { platformBench } from '#tests/bench/payments/platform-bench'
import { optionsHelp } from '#tests/bench/platform-arguments'

const help = `npm run bench debits -- [options]

Measures debits on an embedded stack of its own, with each app as a process, as corrente start runs them, beside what one
would build otherwise on the same Postgres, and while what serves them fails. Prints a table and, last, one JSON line. All
rows take about an hour; leave the machine alone meanwhile.
${optionsHelp('onecard, uniform.64, open1000')}`

/** The bench of debits. */
export const debits = platformBench({
  bench: 'debits',
  help,
  // A second worker that starts all units takes the processor from those that answer.
  worker: { units: [authoriser] },
  groups: [rates, hotCards, stages, openAtPace, failingOver, deciding, projecting],
})
