import { soakApplications } from '#tests/soak/applications'
import { soakDebits } from '#tests/soak/debits'
import { debitsMinutes, debitsPerSecond } from '#tests/soak/debits/arguments'
import { killsFull, recordsFull } from '#tests/soak/engine/arguments'
import { soakEngine } from '#tests/soak/engine/engine-soak'
import { scenarios } from '#tests/soak/engine/scenarios'
import { soakExports } from '#tests/soak/exports'
import {
  exportsFileMebibytes,
  exportsMinutes,
  exportsPerMinute,
} from '#tests/soak/exports/arguments'
import { soakOutage } from '#tests/soak/outage'
import { outagePayments, outagePerSecond } from '#tests/soak/outage/arguments'

const report = (line: string) => process.stderr.write(`${line}\n`)

const soaks = {
  engine: soakEngine,
  applications: soakApplications,
  outage: soakOutage,
  debits: soakDebits,
  exports: soakExports,
} as const

const help = `npm run soak [engine | applications | outage | debits | exports] [-- --only <scenario>]

Makes things go wrong under load and counts what came of it; all where none is named. Each writes its report beside it
(tests/soak/<name>-report.md) and ends with 1 where a promise was broken.

  engine         workers on an embedded Kafka of their own; about 20 minutes
  applications   the whole product; about 10 minutes
  outage         the whole product while an intermediary is away; about 25 minutes
  debits         debits over HTTP while everything is killed, and the proof of their books; about 15 minutes
  exports        exports over HTTP while everything is killed and the object store fails; about 15 minutes

  --only <name,…>  scenarios of the engine's soak, without a report: ${scenarios.map(({ name }) => name).join(', ')}
  --help           this text

  SOAK_RECORDS       records of the engine's first scenario, ${recordsFull} unless said otherwise; others take shares of it
  SOAK_KILLS         its kills, ${killsFull} unless said otherwise
  SOAK_SEED          the seed of what is random there, in the outage, in debits and in exports; printed, and new each time unless said
  SOAK_APPLICATIONS, SOAK_MINUTES   applications of the second soak, 20000 unless said otherwise, and its bound
  SOAK_OUTAGE_PAYMENTS, SOAK_OUTAGE_PER_SECOND   applications of each party in the outage, ${outagePayments} unless said
                     otherwise, and their pace, ${outagePerSecond}
  SOAK_DEBITS_MINUTES, SOAK_DEBITS_PER_SECOND    how long debits are asked for, ${debitsMinutes} minutes unless said
                     otherwise, and their pace, ${debitsPerSecond}
  SOAK_EXPORTS_MINUTES, SOAK_EXPORTS_PER_MINUTE    how long exports are asked for, ${exportsMinutes} minutes unless said
                     otherwise, and their pace, ${exportsPerMinute}
  SOAK_EXPORTS_FILE_MIB    the file that is read and split first, ${exportsFileMebibytes} MiB unless said otherwise
`

/** The exit code: 0 where every promise was kept, 1 where one was not, 2 for a mistake on the command line. */
async function main(given: readonly string[]): Promise<number> {
  if (given.includes('--help')) {
    process.stdout.write(help)
    return 0
  }
  const isNamed = given[0] !== undefined && !given[0].startsWith('-')
  const [name, args] = isNamed ? [given[0], given.slice(1)] : [undefined, given]
  if (name !== undefined && !(name in soaks)) {
    report(help)
    return 2
  }
  const wanted = name === undefined ? Object.values(soaks) : [soaks[name as keyof typeof soaks]]
  let isGood = true
  for (const soak of wanted) isGood = (await soak({ args, report })) && isGood
  return isGood ? 0 : 1
}

const code = await main(process.argv.slice(2)).catch((error: unknown) => {
  report(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
})
// A client that waits for an answer must not keep a run that is over.
process.exit(code)
