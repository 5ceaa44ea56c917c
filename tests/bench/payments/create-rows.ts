import { setTimeout as sleep } from 'node:timers/promises'
import type { Application } from '#schemas/generated/types'
import { applications } from '#schemas/topics'
import { measureHop } from '#tests/bench/engine/hop'
import { floor } from '#tests/bench/engine/hop-rows'
import { startOpenLoop } from '#tests/bench/open-loop'
import { applicationOf, recordsOf } from '#tests/bench/payments/bench-payments'
import type { Creations } from '#tests/bench/payments/creations'
import { configureServices, startIntermediary } from '#tests/bench/payments/outside'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Platform } from '#tests/bench/payments/platform'
import { createdPerSecond, openedMsMax } from '#tests/bench/payments/sustained'
import { withCreations } from '#tests/bench/payments/with-creations'
import type { RowPlan, Sample } from '#tests/bench/row'
import { percentile } from '#tests/bench/statistics'
import { until } from '#tests/until'

const callMs = 20
/** How many times the floor's figure and the call. */
const floorsMax = 8
const paced = { perSecond: 50, services: 12, warmMs: 5_000 }

/** That of each run: so many times what the floor of its minute took, with the call. */
const barOf = (floorMs: number) => floorsMax * (floorMs + callMs)
const atMost = { of: 'ours', is: 'at most', value: barOf(0) } as const

const plans = {
  p50: {
    id: 'create.p50',
    what: 'an application in, its payment can be paid: four hops and a call of 20 ms, 50/s, median',
    unit: 'ms',
    bar: atMost,
  },
  p99: { id: 'create.p99', what: 'its 99th percentile', unit: 'ms', bar: atMost },
  rate: {
    id: 'create.rate',
    what: 'sustained, one worker, one digital service, a call of 20 ms, order kept',
    unit: '/s',
    bar: { of: 'ours', is: 'at least', value: 300 },
  },
} as const satisfies Record<string, RowPlan>

const paying = (platform: Platform) => startIntermediary(platform, callMs)

/** One payment after the other, as they come in. */
export const createAtPace: PaymentsGroup = {
  rows: [plans.p50, plans.p99],
  sizes: ['seconds'],
  async measure(bench) {
    const { stack, sizes } = bench
    const { perSecond, warmMs } = paced
    const measuredMs = sizes.seconds * 1_000
    const none = await measureHop(stack, floor(), { perSecond, warmMs, measuredMs })
    const latencies = await withCreations(bench, paying, async (creations) =>
      latenciesAt(bench, await configureServices(bench.platform, paced.services), creations),
    )
    const sample = (share: number, floorMs: number): Sample => ({
      ours: percentile(latencies, share),
      floor: floorMs,
      bar: barOf(floorMs),
    })
    const p50 = sample(0.5, none.p50Ms)
    const p99 = sample(0.99, none.p99Ms)
    stack.report(`created: p50 ${p50.ours.toFixed(0)} ms, p99 ${p99.ours.toFixed(0)} ms`)
    return new Map([
      [plans.p50.id, p50],
      [plans.p99.id, p99],
    ])
  },
}

/** From when each application was due to when its payment could be paid, milliseconds. */
async function latenciesAt(
  { stack, sizes }: PaymentsBench,
  services: readonly string[],
  creations: Creations,
): Promise<readonly number[]> {
  const { kafka, signal } = stack
  const record = await recordsOf<Application>(stack, applications)
  const loop = await startOpenLoop(kafka, {
    topic: applications.name,
    perSecond: paced.perSecond,
    content: (n) => record(applicationOf(n, services[n % services.length]!)),
  })
  await sleep(paced.warmMs, undefined, { signal })
  const first = loop.sent()
  await sleep(sizes.seconds * 1_000, undefined, { signal })
  const end = loop.sent()
  await loop.stop()
  const areOpened = () => creations.count === loop.sent()
  await until('every payment', areOpened, { msMax: openedMsMax, signal })
  return Array.from(
    { length: end - first },
    (_, n) => creations.openedAtMs(first + n) - loop.dueAtMs(first + n),
  )
}

/** As many as there are, all at once. */
export const createSustained: PaymentsGroup = {
  rows: [plans.rate],
  sizes: ['applications'],
  measure: (bench) =>
    withCreations(bench, paying, async (creations) => {
      const [service] = await configureServices(bench.platform, 1)
      const perSecond = await createdPerSecond(bench, service!, creations)
      return new Map([[plans.rate.id, { ours: perSecond }]])
    }),
}
