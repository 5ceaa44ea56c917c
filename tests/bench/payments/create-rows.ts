import { setTimeout as sleep } from 'node:timers/promises'
import { codecOf } from '#schemas/codec'
import type { Application, Payment } from '#schemas/generated/types'
import { applications, payments } from '#schemas/topics'
import { measureHop } from '#tests/bench/engine/hop'
import { floor } from '#tests/bench/engine/hop-rows'
import { writeAll } from '#tests/bench/engine/loads'
import { startOpenLoop } from '#tests/bench/open-loop'
import { applicationOf, recordsOf } from '#tests/bench/payments/bench-payments'
import { Creations } from '#tests/bench/payments/creations'
import { configureServices, startIntermediary } from '#tests/bench/payments/outside'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'
import { percentile } from '#tests/bench/statistics'
import { openWatcher } from '#tests/bench/watcher'
import { until } from '#tests/until'

const callMs = 20
/** How many times the floor's figure and the call. */
const floorsMax = 8
const paced = { perSecond: 50, services: 12, warmMs: 5_000 }
const warmApplications = 500
const openedMsMax = 5 * 60_000

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

const registryBytes = 5
const { type: paymentType } = codecOf('corrente.payments.Payment')

/** Worker, proxy and intermediary over a platform without payments; what is written on `payments` is watched. */
async function withCreations<Result>(
  bench: PaymentsBench,
  services: number,
  work: (services: readonly string[], creations: Creations) => Promise<Result>,
): Promise<Result> {
  const { platform, stack } = bench
  return whileRunning(bench, async () => {
    await platform.fresh()
    const intermediary = await startIntermediary(platform, callMs)
    try {
      await Promise.all([platform.start('worker'), platform.start('payment-proxy')])
      const creations = new Creations()
      const watcher = await openWatcher(stack.kafka, payments, ({ value }, atMs) =>
        creations.add(paymentType.fromBuffer(value!.subarray(registryBytes)) as Payment, atMs),
      )
      try {
        return await work(await configureServices(platform, services), creations)
      } finally {
        await watcher.close()
      }
    } finally {
      await intermediary.stop()
    }
  })
}

/** One payment after the other, as they come in. */
export const createAtPace: PaymentsGroup = {
  rows: [plans.p50, plans.p99],
  sizes: ['seconds'],
  async measure(bench) {
    const { stack, sizes } = bench
    const { perSecond, warmMs } = paced
    const measuredMs = sizes.seconds * 1_000
    const none = await measureHop(stack, floor(), { perSecond, warmMs, measuredMs })
    const latencies = await withCreations(bench, paced.services, (services, creations) =>
      latenciesAt(bench, services, creations),
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
    withCreations(bench, 1, async ([service], creations) => {
      const { stack, sizes } = bench
      const within = { msMax: openedMsMax, signal: stack.signal }
      const record = await recordsOf<Application>(stack, applications)
      const write = (from: number, count: number) =>
        writeAll(stack, applications.name, count, (n) => record(applicationOf(from + n, service!)))
      await write(0, warmApplications)
      await until('the first payments', () => creations.count === warmApplications, within)
      const beganAtMs = performance.now()
      await write(warmApplications, sizes.applications)
      const all = warmApplications + sizes.applications
      await until('every payment', () => creations.count === all, within)
      const lastAtMs = Math.max(
        ...Array.from({ length: sizes.applications }, (_, n) =>
          creations.openedAtMs(warmApplications + n),
        ),
      )
      const perSecond = sizes.applications / ((lastAtMs - beganAtMs) / 1_000)
      stack.report(`created: ${perSecond.toFixed(0)}/s`)
      return new Map([[plans.rate.id, { ours: perSecond }]])
    }),
}
