import { setTimeout as sleep } from 'node:timers/promises'
import { portsOf } from '#apps/corrente/place'
import type { Application } from '#schemas/generated/types'
import { applications } from '#schemas/topics'
import {
  applicationOfEither,
  configureBodies,
  isOfLiving,
} from '#tests/bench/connectors/two-bodies'
import { startOpenLoop } from '#tests/bench/open-loop'
import { recordsOf } from '#tests/bench/payments/bench-payments'
import type { Creations } from '#tests/bench/payments/creations'
import { startIntermediary } from '#tests/bench/payments/outside'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Platform } from '#tests/bench/payments/platform'
import { openedMsMax } from '#tests/bench/payments/sustained'
import { withCreations } from '#tests/bench/payments/with-creations'
import type { RowPlan, Sample } from '#tests/bench/row'
import { percentile } from '#tests/bench/statistics'
import { until } from '#tests/until'

const callMs = 20
/** Of both bodies together. The machine is full at 50. */
const perSecond = 20
/** Cold, a platform is slower, and its outage would look well beside it: before the first pair it is left to warm up. */
const warmMs = { first: 60_000, next: 10_000 }

const plans = {
  p50: {
    id: 'outage.p50',
    what: 'one intermediary refuses connections: the payments of the other, against before, median',
    unit: 'ms',
    rival: 'before',
    bar: { of: 'ratio', is: 'at most', value: 1.2 },
  },
  p99: {
    id: 'outage.p99',
    what: 'their 99th percentile',
    unit: 'ms',
    rival: 'before',
    bar: { of: 'ratio', is: 'at most', value: 1.5 },
  },
} as const satisfies Record<string, RowPlan>

/** Two bodies at an intermediary each, one of which is away half of the time. */
export const outage: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['seconds', 'pairs'],
  measure: (bench) =>
    withCreations(bench, startLiving, async (creations) => {
      const { platform, sizes, stack } = bench
      await configureBodies(platform, otherPortOf(platform))
      const samples: Record<keyof typeof plans, Sample[]> = { p50: [], p99: [] }
      for (let pair = 0; pair < sizes.pairs; pair++) {
        const leadMs = pair === 0 ? warmMs.first : warmMs.next
        const { before, during } = await measuredPair(bench, creations, leadMs)
        for (const [name, share] of [['p50', 0.5] as const, ['p99', 0.99] as const]) {
          const sample = { ours: percentile(during, share), rival: percentile(before, share) }
          stack.report(`${name} before ${ms(sample.rival)}, during the outage ${ms(sample.ours)}`)
          samples[name].push(sample)
        }
      }
      return new Map([
        [plans.p50.id, samples.p50],
        [plans.p99.id, samples.p99],
      ])
    }),
}

const ms = (value: number) => `${value.toFixed(0)} ms`

const startLiving = (platform: Platform) => startIntermediary(platform, callMs)

// The sandbox that has this port does not run.
const otherPortOf = ({ portBase }: Platform) => portsOf(portBase).govpay

const startOther = (platform: Platform) =>
  startIntermediary(platform, callMs, otherPortOf(platform))

interface Pair {
  /** From when each application of the body whose intermediary lives was due to when it could be paid, milliseconds. */
  readonly before: readonly number[]
  readonly during: readonly number[]
}

/** Both answer, then one is away; in the end it is there again, and nothing waits any more. */
async function measuredPair(
  { stack, platform, sizes }: PaymentsBench,
  creations: Creations,
  leadMs: number,
): Promise<Pair> {
  const { kafka, signal } = stack
  const spanMs = sizes.seconds * 1_000
  const record = await recordsOf<Application>(stack, applications)
  const from = creations.count
  let other = await startOther(platform)
  try {
    const loop = await startOpenLoop(kafka, {
      topic: applications.name,
      perSecond,
      content: (n) => record(applicationOfEither(from + n)),
    })
    await sleep(leadMs, undefined, { signal })
    const first = loop.sent()
    await sleep(spanMs, undefined, { signal })
    const gone = loop.sent()
    await other.kill()
    await sleep(spanMs, undefined, { signal })
    const last = loop.sent()
    await loop.stop()
    other = await startOther(platform)
    const areOpened = () => creations.count === from + loop.sent()
    await until('every payment', areOpened, { msMax: openedMsMax, signal })
    const latencies = (begin: number, end: number) =>
      Array.from({ length: end - begin }, (_, i) => begin + i)
        .filter((n) => isOfLiving(from + n))
        .map((n) => creations.openedAtMs(from + n) - loop.dueAtMs(n))
    return { before: latencies(first, gone), during: latencies(gone, last) }
  } finally {
    await other.stop()
  }
}
