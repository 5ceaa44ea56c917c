import { connectors } from '#tests/bench/connectors/connectors'
import { debits } from '#tests/bench/debits/debits'
import { benchEngine, enginePlans } from '#tests/bench/engine/engine'
import { exportsBench } from '#tests/bench/exports/exports'
import { killSides } from '#tests/bench/engine/side-process'
import { observability } from '#tests/bench/observability/observability'
import { payments } from '#tests/bench/payments/payments'
import { jsonLineOf, tableOf } from '#tests/bench/report'

const report = (line: string) => process.stderr.write(`${line}\n`)

const benches = {
  engine: { run: benchEngine, plans: enginePlans },
  payments,
  connectors,
  debits,
  exports: exportsBench,
  observability,
} as const

const usage = `npm run bench <name> -- [options]; the benches are ${Object.keys(benches).join(', ')}
`

/** The exit code: 0 where every row with a bar reached it, 1 where one did not, 2 for a mistake on the command line. */
async function main([name = '', ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  if (!(name in benches)) {
    report(usage)
    return 2
  }
  const bench = benches[name as keyof typeof benches]
  const result = await bench.run({ args, report, signal })
  if (typeof result === 'string') {
    process.stdout.write(result)
    return 0
  }
  process.stdout.write(`${JSON.stringify(result.config, undefined, 2)}\n`)
  process.stdout.write(`${tableOf(result.rows, bench.plans)}\n${jsonLineOf(result)}\n`)
  return result.rows.every(({ ok }) => ok !== false) ? 0 : 1
}

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Whoever says it twice does not want to wait for the stack to stop.
    if (ending.signal.aborted) process.exit(130)
    report('stopping')
    ending.abort(new Error('stopped'))
    killSides()
  })
}
const code = await main(process.argv.slice(2), ending.signal).catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error))
  return ending.signal.aborted ? 130 : 2
})
// A client that waits for an answer must not keep a bench that is over.
process.exit(code)
