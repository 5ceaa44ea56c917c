import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { debitProjection } from '#apps/debit-projector/main'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import { until } from '#tests/until'

/** What the projector has written, by table. */
export type RowCounts = Readonly<
  Record<'decisions' | 'ledger_entries' | 'ledger_postings', number>
> &
  Readonly<Record<'statement_lines' | 'accounts', number>>

type Rows = Pick<PaymentsBench['platform'], 'databaseUrl'>

/** Counts them all. */
export async function rowCounts({ databaseUrl }: Rows): Promise<RowCounts> {
  const { schema, tables } = debitProjection
  const counts = tables.map(
    ({ name }) => `(select count(*)::int from ${schema}.${name}) as ${name}`,
  )
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<RowCounts>(`select ${counts.join(', ')}`)
    return rows[0]!
  } finally {
    await client.end()
  }
}

const ofProjector = `unit="${debitProjection.name}"`
const recordsIn = new RegExp(
  `^corrente_records_total\\{${ofProjector},outcome="done"\\} (\\d+)`,
  'm',
)
const lagIn = new RegExp(`^corrente_lag\\{${ofProjector}\\} (\\d+)`, 'm')

/** What the projector tells of itself; a number is undefined while it cannot. */
export interface ProjectorNumbers {
  /** Records whose rows this process has committed. */
  readonly records: number | undefined
  /** Offsets that are no rows yet, markers of transactions among them: those stay for some seconds. */
  readonly lag: number | undefined
}

/** Asks the projector. */
export async function projectorNumbers({
  addresses,
}: Pick<PaymentsBench['platform'], 'addresses'>): Promise<ProjectorNumbers> {
  const answer = await fetch(`${addresses.debitProjector}/metrics`).catch(() => undefined)
  const text = (await answer?.text()) ?? ''
  const numberIn = (pattern: RegExp) => {
    const [, digits] = pattern.exec(text) ?? []
    return digits === undefined ? undefined : Number(digits)
  }
  return { records: numberIn(recordsIn), lag: numberIn(lagIn) }
}

/** How long the projector may take for what it is behind when a load is over. */
const behindMsMax = 60_000

/**
 * Waits until each of so many decisions is a row. Throws where that takes longer than a minute, or where there are more:
 * then the projector did not run beside the load.
 */
export async function expectProjected(
  { platform, stack }: Pick<PaymentsBench, 'platform' | 'stack'>,
  decisions: number,
): Promise<void> {
  const overAtMs = performance.now()
  const { lag } = await projectorNumbers(platform)
  const behind = decisions - (await rowCounts(platform)).decisions
  let rows = 0
  const areAllThere = async () => {
    rows = (await rowCounts(platform)).decisions
    if (rows >= decisions) return true
    await sleep(200)
    return false
  }
  await until('the projector', areAllThere, { msMax: behindMsMax, signal: stack.signal })
  const seconds = (performance.now() - overAtMs) / 1_000
  if (rows !== decisions) throw new Error(`${rows} decisions are rows in Postgres, of ${decisions}`)
  stack.report(
    `the projection ran beside it: ${decisions} decisions are rows, ${behind} of them ${seconds.toFixed(1)} s after the ` +
      `load was over; lag then: ${lag ?? 'not told'}`,
  )
}
