import { ksqldb } from '#connectors/ksqldb/index'
import type { Ksqldb } from '#ports/ksqldb'
import { identifier, ksql } from '#ports/ksql-text'
import { keyedTable } from '#schemas/topic'
import { provideLoad } from '#tests/bench/engine/loads'
import { keptPrefix } from '#tests/bench/engine/leftovers'
import { cpuSecondsOf } from '#tests/bench/engine/procfs'
import { type Asker, askerOf, dropViews, viewOver } from '#tests/bench/payments/ask-standin'
import { idOf, openOf, recordsOf } from '#tests/bench/payments/bench-payments'
import { closedLoop } from '#tests/bench/payments/calls'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'
import { median } from '#tests/bench/statistics'
import { until } from '#tests/until'

const plans = {
  key: {
    id: 'pull.key',
    what: 'stand-in of ksqlDB, look-ups by key, 16 callers',
    unit: '/s',
    bar: { of: 'ours', is: 'at least', value: 1_000 },
  },
  due: {
    id: 'pull.due',
    what: 'stand-in of ksqlDB, the payments that are due, until the last row',
    unit: 'ms',
    bar: { of: 'ours', is: 'at most', value: 200 },
  },
} as const satisfies Record<string, RowPlan>

const callers = 16
const warmMs = 3_000
const dueRounds = 20
const filledMsMax = 15 * 60_000
/** What is due was so at the beginning of 2026; what is not will be at that of 2100. */
const dueAtMs = Date.UTC(2026, 0, 1)
const laterMs = Date.UTC(2100, 0, 1)

/** Pull queries against a table of open payments. */
export const pull: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['rows', 'due'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const topic = await openLoad(bench)
      const standin = await bench.platform.start('ksql-standin')
      const asker = askerOf(bench.platform.addresses.ksqldb, callers)
      try {
        await dropViews(asker)
        const table = await filledTable(bench, asker, topic)
        const cpuSeconds = () => [cpuSecondsOf(standin.pid), bench.platform.databaseCpuSeconds()]
        const key = await byKey(bench, { asker, table, cpuSeconds })
        const due = await whatIsDue(bench, table)
        return new Map<string, Sample>([
          [plans.key.id, { ours: key }],
          [plans.due.id, { ours: due }],
        ])
      } finally {
        asker.close()
      }
    }),
}

/** Open payments, of which some are due. Made once, then kept. */
async function openLoad({ stack, sizes: { rows, due } }: PaymentsBench): Promise<string> {
  const topic = keyedTable(`${keptPrefix}open-${rows}-${due}`, 'corrente.payments.OpenPayment', {
    key: 'id',
  })
  const record = await recordsOf(stack, topic)
  await provideLoad(stack, topic, rows, (n) =>
    record(
      openOf(n, {
        connector: `intermediary-${n % 8}`,
        next_check_at_ms: n % Math.floor(rows / due) === 0 ? dueAtMs + n : laterMs,
        update_url: `http://127.0.0.1:1/update/${idOf('payment', n)}`,
      }),
    ),
  )
  return topic.name
}

/** The table over the load, filled. It is kept, too: the next stand-in goes on where this one was. */
async function filledTable(
  { stack: { report, signal }, sizes }: PaymentsBench,
  asker: Asker,
  topic: string,
): Promise<string> {
  const name = `bench_open_${sizes.rows}_${sizes.due}`
  await asker.execute(viewOver('open_payments', { name, topic }))
  const beganAtMs = performance.now()
  const isFilled = async () =>
    (await asker.rows(`SELECT id FROM ${name} WHERE id = '${idOf('payment', 0)}';`).catch(() => []))
      .length === 1
  await until(`${name} to be filled`, isFilled, { msMax: filledMsMax, signal })
  const seconds = (performance.now() - beganAtMs) / 1_000
  report(`table of ${sizes.rows} rows ready after ${seconds.toFixed(1)} s`)
  return name
}

interface Asked {
  readonly asker: Asker
  readonly table: string
  /** Of the stand-in and of its Postgres. */
  readonly cpuSeconds: () => readonly number[]
}

async function byKey(
  { stack: { report, signal }, sizes: { rows, seconds } }: PaymentsBench,
  { asker, table, cpuSeconds }: Asked,
): Promise<number> {
  const lookUp = async (n: number) => {
    const id = idOf('payment', (n * 7_919) % rows)
    const found = await asker.rows(`SELECT * FROM ${table} WHERE id = '${id}';`)
    if (found.length !== 1 || !found[0]!.startsWith(`["${id}",`)) {
      throw new Error(`${table} answers ${JSON.stringify(found)} to the key ${id}`)
    }
  }
  await closedLoop({ callers, forMs: warmMs, signal }, lookUp)
  const before = cpuSeconds()
  const found = await closedLoop({ callers, forMs: seconds * 1_000, signal, from: 1e6 }, lookUp)
  const [own, database] = cpuSeconds().map((now, i) => ((now - before[i]!) * 1e6) / found.calls)
  report(
    `by key: ${found.perSecond.toFixed(0)}/s, p50 ${found.p50Ms.toFixed(1)} ms, p99 ${found.p99Ms.toFixed(1)} ms, ` +
      `CPU ${own!.toFixed(0)} µs of the stand-in and ${database!.toFixed(0)} µs of Postgres each`,
  )
  return found.perSecond
}

/** As the poller asks, with our own client. */
async function whatIsDue(
  { stack: { report, signal }, platform, sizes: { due } }: PaymentsBench,
  table: string,
): Promise<number> {
  const client = ksqldb({ url: platform.addresses.ksqldb })
  const tookMs: number[] = []
  try {
    for (let round = 0; round < dueRounds; round++) {
      signal.throwIfAborted()
      const beganAtMs = performance.now()
      const count = await dueRows(client, table)
      // Of rows that do not part evenly one more is due.
      if (Math.abs(count - due) > due / 100) throw new Error(`${count} rows are due, not ${due}`)
      tookMs.push(performance.now() - beganAtMs)
    }
  } finally {
    await client.close()
  }
  report(`what is due: ${tookMs.map((ms) => ms.toFixed(0)).join(' ')} ms`)
  return median(tookMs)
}

const columns = ['id', 'connector', 'update_url', 'update_method', 'next_check_at_ms']
  .map(identifier)
  .reduce((all, one) => ksql`${all}, ${one}`)

async function dueRows(client: Ksqldb, table: string): Promise<number> {
  const due = ksql`${identifier('next_check_at_ms')} <= ${Date.now()}`
  const asked = ksql`${identifier('update_url')} <> ${''}`
  let count = 0
  for await (const row of client.pull(
    ksql`SELECT ${columns} FROM ${identifier(table)} WHERE ${due} AND ${asked};`,
  )) {
    if (row['ID'] !== undefined) count += 1
  }
  return count
}
