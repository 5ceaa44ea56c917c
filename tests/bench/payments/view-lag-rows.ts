import { setTimeout as sleep } from 'node:timers/promises'
import type { Payment } from '#schemas/generated/types'
import { payments } from '#schemas/topics'
import { startOpenLoop } from '#tests/bench/open-loop'
import { type Asker, askerOf, openViewsAnew } from '#tests/bench/payments/ask-standin'
import { idOf, numberOf, paymentOf, recordsOf } from '#tests/bench/payments/bench-payments'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'
import { percentile } from '#tests/bench/statistics'
import { until } from '#tests/until'

const plan: RowPlan = {
  id: 'view.lag',
  what: 'a record on payments, its row answered by the stand-in, 500/s, 99th percentile',
  unit: 'ms',
  bar: { of: 'ours', is: 'at most', value: 1_000 },
}

const perSecond = 500
/** Asked for all of them the stand-in would be measured, not the way there. */
const sampledEvery = 25
/** Cold, the platform falls behind; how far it is behind is to be measured once it is warm and has caught up. */
const warmMs = 20_000
const shownMsMax = 60_000
/** Those that have waited longest: where many wait, asking for all would be what is measured. */
const askedMax = 20
const pauseMs = 50

/** Payments of another proxy, from their topic to the view of analysts. */
export const viewLag: PaymentsGroup = {
  rows: [plan],
  sizes: ['seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, stack } = bench
      await platform.fresh()
      await Promise.all([platform.start('worker'), platform.start('ksql-standin')])
      const asker = askerOf(platform.addresses.ksqldb, 1)
      try {
        await openViewsAnew(asker, platform.addresses.ksqldb, bench.stack.signal)
        const lagsMs = await lagsOf(bench, asker)
        const [p50, p99] = [percentile(lagsMs, 0.5), percentile(lagsMs, 0.99)]
        stack.report(
          `shown: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms of ${lagsMs.length} payments`,
        )
        return new Map([[plan.id, { ours: p99 }]])
      } finally {
        asker.close()
      }
    }),
}

/** From when each sampled record was due to when its row was shown, milliseconds. */
async function lagsOf({ stack, sizes }: PaymentsBench, asker: Asker): Promise<readonly number[]> {
  const { kafka, signal } = stack
  const record = await recordsOf<Payment>(stack, payments)
  const shownAtMs = new Map<number, number>()
  const loop = await startOpenLoop(kafka, {
    topic: payments.name,
    perSecond,
    content: (n) =>
      record(
        paymentOf(n, { service_id: idOf('service', n % 12), app_id: 'iris-payment-proxy:1.4.2' }),
      ),
  })
  const sampled = () => Math.ceil(loop.sent() / sampledEvery)
  const look = async () => {
    const awaited = Array.from({ length: sampled() }, (_, i) => i * sampledEvery).filter(
      (n) => !shownAtMs.has(n),
    )
    await sleep(pauseMs)
    if (awaited.length === 0) return
    for (const n of await shownOf(asker, awaited.slice(0, askedMax)))
      shownAtMs.set(n, performance.now())
  }
  const endsAtMs = performance.now() + warmMs + sizes.seconds * 1_000
  while (performance.now() < endsAtMs) {
    signal.throwIfAborted()
    await look()
  }
  await loop.stop()
  const areAllShown = async () => {
    await look()
    return shownAtMs.size === sampled()
  }
  await until('every row', areAllShown, { msMax: shownMsMax, signal })
  return [...shownAtMs]
    .filter(([n]) => loop.dueAtMs(n) >= loop.dueAtMs(0) + warmMs)
    .map(([n, atMs]) => atMs - loop.dueAtMs(n))
}

/** Of the payments by these numbers those that have a row. */
async function shownOf(asker: Asker, numbers: readonly number[]): Promise<readonly number[]> {
  const ids = numbers.map((n) => `'${idOf('payment', n)}'`).join(', ')
  const rows = await asker.rows(`SELECT id FROM payments_detail WHERE id IN (${ids});`)
  return rows.map((row) => numberOf((JSON.parse(row) as [string])[0]))
}
