import type { PostgresReport, Verification } from '#apps/corrente/debits/verification'
import { columns } from '#apps/corrente/columns'

/** The report as lines for a person: what is wrong first. */
export function reportLines(verification: Verification): readonly string[] {
  const { partitions, violations, isRedecided, seconds } = verification
  const titles = [
    ...['partition', 'below', 'requests', 'dead letters', 'decisions', 'repeats', 'entries'],
    ...['lines', 'accounts', 'holds'],
  ]
  const rows = partitions.map((one) => [
    ...[`debits/${one.partition}`, one.below, one.requests, one.letters, one.decisions],
    ...[one.repeats, one.entries, one.lines, one.accounts, one.holds],
  ])
  return [
    ...violationLines(verification),
    ...columns(titles, rows),
    '',
    ...totalLines(verification),
    isRedecided ? 'each request was decided again' : 'no request was decided again (--no-redecide)',
    postgresLine(verification.postgres),
    `${verdictOf(verification)}, after ${seconds.toFixed(1)} s`,
  ].filter((line, at) => line !== '' || violations.length > 0 || at > 0)
}

function violationLines({ violations }: Verification): readonly string[] {
  return violations.flatMap(({ kind, meaning, count, first }) => [
    `${kind} (${count}): ${meaning}`,
    ...first.map(({ at, account_id, what }) => {
      const of = account_id === null ? '' : ` account ${account_id}`
      return `  ${at}${of}${what === '' ? '' : `: ${what}`}`
    }),
    ...(count > first.length ? [`  and ${count - first.length} more`] : []),
    '',
  ])
}

function totalLines({ totals }: Verification): readonly string[] {
  return totals.map(({ currency, sum, byLedgerAccount, posted, held }) => {
    const accounts = Object.entries(byLedgerAccount).map(([name, amount]) => `${name} ${amount}`)
    const sums = `posted ${posted}, held ${held}; ${accounts.join(', ')}, together ${sum}`
    return `${currency}, minor units: ${sums}`
  })
}

function postgresLine(postgres: PostgresReport): string {
  switch (postgres.state) {
    case 'left-out':
      return `Postgres was left out: ${postgres.reason}`
    case 'not-verified':
      return `Postgres could not be verified: ${postgres.reason}`
    case 'compared': {
      const rows = Object.entries(postgres.rows).map(([table, count]) => `${count} of ${table}`)
      return `Postgres was compared, row by row: ${rows.join(', ')}`
    }
  }
}

function verdictOf({ violations, postgres }: Verification): string {
  const count = violations.reduce((sum, one) => sum + one.count, 0)
  if (count > 0) return `the books are wrong: ${count} violations`
  return postgres.state === 'not-verified' ? 'the topics are right' : 'the books are right'
}

/** The same for programs. Sums are decimal text: they may be larger than a number of JSON is sure to hold. */
export function reportJson({ totals, ...rest }: Verification): string {
  const texts = totals.map(({ currency, sum, byLedgerAccount, posted, held }) => ({
    currency,
    sum: String(sum),
    by_ledger_account: Object.fromEntries(
      Object.entries(byLedgerAccount).map(([name, amount]) => [name, String(amount)]),
    ),
    posted: String(posted),
    held: String(held),
  }))
  const { isRedecided: is_redecided, ...members } = rest
  return JSON.stringify({
    is_right: rest.violations.length === 0,
    is_redecided,
    ...members,
    totals: texts,
  })
}
