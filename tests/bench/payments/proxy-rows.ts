import { codecOf } from '#schemas/codec'
import type { KeptPayment, Payment, PaymentCurrent } from '#schemas/generated/types'
import { keptPayments, payments, paymentsCurrent } from '#schemas/topics'
import { writeAll } from '#tests/bench/engine/loads'
import { currentOf, idOf, keptOf, paymentOf, recordsOf } from '#tests/bench/payments/bench-payments'
import { caughtUp } from '#tests/bench/payments/caught-up'
import { type CallFigures, closedLoop, pacedCalls } from '#tests/bench/payments/calls'
import { type HttpClient, httpClient } from '#tests/bench/payments/http-client'
import { configureServices, startIntermediary } from '#tests/bench/payments/outside'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'
import { openWatcher } from '#tests/bench/watcher'
import { until } from '#tests/until'

const tail = { unit: '×', bar: { of: 'ours', is: 'at most', value: 10 } } as const
const plans = {
  reads: {
    id: 'proxy.reads',
    what: 'configurations and payments read, 16 callers',
    unit: '/s',
    bar: { of: 'ours', is: 'at least', value: 1_000 },
  },
  readsTail: { id: 'proxy.reads.tail', what: 'at half that rate, p99 to p50', ...tail },
  update: {
    id: 'proxy.update',
    what: '/update, an intermediary of 0 ms, until the last version is written, 16 callers',
    unit: '/s',
    bar: { of: 'ours', is: 'at least', value: 200 },
  },
  updateTail: { id: 'proxy.update.tail', what: 'at half that rate, p99 to p50', ...tail },
} as const satisfies Record<string, RowPlan>

const callers = 16
const warmMs = 3_000
const services = 3
/** The last tenth has ended: those are read, the others checked. */
const endedShare = 0.1
const writtenMsMax = 5 * 60_000
const registryBytes = 5
const { type: paymentType } = codecOf('corrente.payments.Payment')

/** The routes that only read, and the one that asks the intermediary. */
export const proxy: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['payments', 'seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform } = bench
      await platform.fresh()
      await writePayments(bench)
      const intermediary = await startIntermediary(platform, 0)
      const client = httpClient(4 * callers)
      try {
        await Promise.all([platform.start('worker'), platform.start('payment-proxy')])
        await configureServices(platform, services)
        await caughtUp(bench.stack)
        const reads = await measuredReads(bench, client)
        const updates = await measuredUpdates(bench, client)
        return new Map<string, Sample>([
          [plans.reads.id, { ours: reads.perSecond }],
          [plans.readsTail.id, { ours: reads.tail }],
          [plans.update.id, { ours: updates.perSecond }],
          [plans.updateTail.id, { ours: updates.tail }],
        ])
      } finally {
        client.close()
        await intermediary.stop()
      }
    }),
}

const endedFrom = (count: number) => Math.round(count * (1 - endedShare))

/** As their keeper and the index know them. */
async function writePayments({ stack, sizes }: PaymentsBench): Promise<void> {
  const count = sizes.payments
  const payment = (n: number): Payment =>
    paymentOf(n, {
      service_id: idOf('service', n % services),
      status: n < endedFrom(count) ? 'PAYMENT_PENDING' : 'COMPLETE',
    })
  const current = await recordsOf<PaymentCurrent>(stack, paymentsCurrent)
  await writeAll(stack, paymentsCurrent.name, count, (n) => current(currentOf(payment(n))))
  const kept = await recordsOf<KeptPayment>(stack, keptPayments)
  await writeAll(stack, keptPayments.name, count, (n) => kept(keptOf(payment(n))))
}

interface Measured {
  readonly perSecond: number
  /** 99th percentile by the median, at half the rate. */
  readonly tail: number
}

const tailOf = ({ p50Ms, p99Ms }: CallFigures) => p99Ms / p50Ms

const told = (what: string, { perSecond, p50Ms, p99Ms }: CallFigures) =>
  `${what}: ${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`

async function get(client: HttpClient, url: string): Promise<string> {
  const { status, text } = await client.ask(url)
  if (status !== 200) throw new Error(`${url} is answered ${status}: ${text}`)
  return text
}

async function measuredReads(bench: PaymentsBench, client: HttpClient): Promise<Measured> {
  const { stack, platform, sizes } = bench
  const { signal, report } = stack
  const from = endedFrom(sizes.payments)
  const ended = sizes.payments - from
  const read = async (n: number) => {
    const ofService = `services/${idOf('service', n % services)}`
    const ofPayment = `update/${idOf('payment', from + (n % ended))}`
    const path = n % 2 === 0 ? ofService : ofPayment
    await get(client, `${platform.addresses.paymentProxy}/examplepay/${path}`)
  }
  await closedLoop({ callers, forMs: warmMs, signal }, read)
  const forMs = sizes.seconds * 1_000
  const full = await closedLoop({ callers, forMs, signal }, read)
  const half = await pacedCalls({ perSecond: full.perSecond / 2, forMs, signal }, read)
  report(told('reads', full))
  report(told('reads at half the rate', half))
  return { perSecond: full.perSecond, tail: tailOf(half) }
}

async function measuredUpdates(bench: PaymentsBench, client: HttpClient): Promise<Measured> {
  const { stack, platform, sizes } = bench
  const { signal, report } = stack
  const written = new Set<string>()
  let lastAtMs = 0
  const watcher = await openWatcher(stack.kafka, payments, ({ value }, atMs) => {
    written.add((paymentType.fromBuffer(value!.subarray(registryBytes)) as Payment).id)
    lastAtMs = atMs
  })
  const check = async (n: number) => {
    const url = `${platform.addresses.paymentProxy}/examplepay/update/${idOf('payment', n)}`
    const text = await get(client, url)
    // Who was asked a moment ago is not asked again: that would be no check.
    if (!text.includes('"settlement":"pending"')) throw new Error(`${url} is answered ${text}`)
  }
  let checked = 0
  const areWritten = () => written.size === checked
  const allWritten = () =>
    until('every version', areWritten, { msMax: writtenMsMax, signal }).catch((error: Error) => {
      throw new Error(`${error.message}: ${written.size} of ${checked}`)
    })
  const open = endedFrom(sizes.payments)
  try {
    const warm = await closedLoop({ callers, forMs: warmMs, signal, callsMax: open / 5 }, check)
    checked = warm.calls
    await allWritten()
    const beganAtMs = performance.now()
    const forMs = sizes.seconds * 1_000
    const most = Math.floor((open - checked) / 2)
    const full = await closedLoop({ callers, forMs, signal, from: checked, callsMax: most }, check)
    checked += full.calls
    await allWritten()
    const perSecond = full.calls / ((lastAtMs - beganAtMs) / 1_000)
    const paced = { perSecond: perSecond / 2, forMs, signal, from: checked, callsMax: most }
    const half = await pacedCalls(paced, check)
    checked += half.calls
    await allWritten()
    report(told('updates', full))
    report(`updates with their versions: ${perSecond.toFixed(0)}/s`)
    report(told('updates at half the rate', half))
    return { perSecond, tail: tailOf(half) }
  } finally {
    await watcher.close()
  }
}
