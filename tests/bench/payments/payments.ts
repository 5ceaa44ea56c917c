import { createAtPace, createSustained } from '#tests/bench/payments/create-rows'
import { memory } from '#tests/bench/payments/memory-rows'
import { platformBench } from '#tests/bench/payments/platform-bench'
import { poller } from '#tests/bench/payments/poller-rows'
import { proxy } from '#tests/bench/payments/proxy-rows'
import { pull } from '#tests/bench/payments/pull-rows'
import { viewLag } from '#tests/bench/payments/view-lag-rows'
import { optionsHelp } from '#tests/bench/platform-arguments'

const help = `npm run bench payments -- [options]

Measures payments on an embedded stack of its own, with each app as a process, as corrente start runs them. Prints a
table and, last, one JSON line. All rows take about half an hour; leave the machine alone meanwhile.
${optionsHelp('pull, pull.due, create')}`

/** The bench of payments. */
export const payments = platformBench({
  bench: 'payments',
  help,
  groups: [createAtPace, createSustained, proxy, pull, viewLag, poller, memory],
})
