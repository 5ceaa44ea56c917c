import { calls } from '#tests/bench/connectors/call-rows'
import { outage } from '#tests/bench/connectors/outage-rows'
import { soapRate } from '#tests/bench/connectors/soap-rate-rows'
import { platformBench } from '#tests/bench/payments/platform-bench'
import { optionsHelp } from '#tests/bench/platform-arguments'

const help = `npm run bench connectors -- [options]

Measures what connectors cost and what an outage of one intermediary costs the payments of another, on an embedded stack
of its own, with each app as a process, as corrente start runs them. Prints a table and, last, one JSON line. All rows
take about half an hour; leave the machine alone meanwhile.
${optionsHelp('rest, create.rate.soap, outage')}`

/** The bench of connectors. */
export const connectors = platformBench({
  bench: 'connectors',
  help,
  groups: [...calls, soapRate, outage],
})
