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

const lagIn = new RegExp(`^corrente_lag\\{unit="${debitProjection.name}"\\} (\\d+)`, 'm')

/** Offsets of what is projected that are no rows yet; undefined while the projector cannot tell. */
export async function projectorLag({
  addresses,
}: Pick<PaymentsBench['platform'], 'addresses'>): Promise<number | undefined> {
  const answer = await fetch(`${addresses.debitProjector}/metrics`).catch(() => undefined)
  const [, lag] = lagIn.exec((await answer?.text()) ?? '') ?? []
  return lag === undefined ? undefined : Number(lag)
}

/** How long the projector may take for what it is behind when a load is over. */
const behindMsMax = 60_000

/**
 * Waits until each of so many decisions is a row, and nothing is behind them. Throws where that takes longer than a
 * minute, or where there are others: then the projector did not run beside the load.
 */
export async function expectProjected(
  { platform, stack }: Pick<PaymentsBench, 'platform' | 'stack'>,
  decisions: number,
): Promise<void> {
  const overAtMs = performance.now()
  const behind = await projectorLag(platform)
  const isThrough = async () => {
    if ((await projectorLag(platform)) === 0) return true
    await sleep(200)
    return false
  }
  await until('the projector', isThrough, { msMax: behindMsMax, signal: stack.signal })
  const seconds = (performance.now() - overAtMs) / 1_000
  const rows = await rowCounts(platform)
  if (rows.decisions !== decisions) {
    throw new Error(`${rows.decisions} decisions are rows in Postgres, of ${decisions}`)
  }
  stack.report(
    `the projection ran beside it: ${decisions} decisions are rows, ${behind ?? 'unknown'} offsets behind when the ` +
      `load was over, none after ${seconds.toFixed(1)} s`,
  )
}
