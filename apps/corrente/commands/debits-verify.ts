import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { reportJson, reportLines } from '#apps/corrente/debits/report'
import { exitCodeOf } from '#apps/corrente/debits/verification'
import { verifyInstallation } from '#apps/corrente/debits/verify-installation'
import { installed } from '#apps/corrente/installation'
import { SettingsError } from '#apps/platform/settings'

const options = {
  'no-postgres': { type: 'boolean', default: false },
  'no-redecide': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** Something kept it from finding out. */
const unverified = 2

/** Proves the books of debits. */
export const debitsVerify: Command = {
  name: 'debits verify',
  summary:
    'prove the books of debits from the topics alone, and compare state and Postgres with them',
  help: `corrente debits verify [--no-postgres] [--no-redecide] [--json] [--port-base <n>]

Rebuilds every balance, hold and booking from the topics, in the order in which requests were decided, and checks that
each request has its decision, each decision follows on the one before, each booking has its entry and its line, and all
entries add up to zero in each currency. Compares what comes of it with the state of debit-authoriser and, row by row, with
the tables of debit-projector. Nothing need stop for it: what is decided meanwhile belongs to the next verification.

  --no-redecide  do not decide each request again; where the rules or the settings (DEBITS_ID_WINDOW_HOURS,
                 DEBITS_HOLD_DAYS, DEBITS_OVER_POST_PERCENT) have changed, what was decided before is told as wrong
  --no-postgres  leave the tables out; they are looked for where DATABASE_URL says, else in the embedded Postgres

Exit code 0: all is right; 1: something is wrong, and is named with its place and account, the first 20 of each kind;
2: it could not be verified. Rows of the state lie in a file below CORRENTE_HOME meanwhile.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const portBase = values['port-base']
    try {
      const env = await installed(portBase)
      const verification = await verifyInstallation({
        env,
        portBase,
        isPostgresLeftOut: values['no-postgres'],
        isRedecided: !values['no-redecide'],
        onProgress: report,
      })
      if (values.json) print(reportJson(verification))
      else reportLines(verification).forEach(print)
      return exitCodeOf(verification)
    } catch (error) {
      if (error instanceof UsageError || error instanceof SettingsError) throw error
      report(`could not be verified: ${(error as Error).message}`)
      return unverified
    }
  },
}
