import { setTimeout as sleep } from 'node:timers/promises'
import type { Application } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { writeAll } from '#tests/bench/engine/loads'
import { anonymousMegabytesOf } from '#tests/bench/engine/procfs'
import { startOpenLoop } from '#tests/bench/open-loop'
import {
  applicationOf,
  currentOf,
  idOf,
  keptOf,
  paymentOf,
  recordsOf,
} from '#tests/bench/payments/bench-payments'
import { configureServices, startIntermediary } from '#tests/bench/payments/outside'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RunningApp } from '#tests/bench/payments/running-apps'
import type { RowPlan } from '#tests/bench/row'
import { countedOf } from '#streams/payments/payment-contributions'

const plan: RowPlan = {
  id: 'memory',
  what: 'worker with payments in state and lookup, from its start until it has created others: largest anonymous set',
  unit: 'MB',
  bar: { of: 'ours', is: 'at most', value: 500 },
}

const services = 3
const perSecond = 50
const sampleMs = 250

/** What the worker keeps of many payments, read back and at work. */
export const memory: PaymentsGroup = {
  rows: [plan],
  sizes: ['kept', 'seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, stack } = bench
      await platform.fresh()
      await writeKept(bench)
      const intermediary = await startIntermediary(platform, 20)
      try {
        const worker = platform.launch('worker')
        const measured = new LargestSet(worker)
        try {
          await worker.ready()
          const read = measured.megabytes
          await platform.start('payment-proxy')
          await atWork(bench, await configureServices(platform, services))
          stack.report(
            `worker: ${read.toFixed(0)} MB while it read its rows back, ` +
              `${measured.megabytes.toFixed(0)} MB in all`,
          )
          return new Map([[plan.id, { ours: measured.megabytes }]])
        } finally {
          measured.end()
        }
      } finally {
        await intermediary.stop()
      }
    }),
}

/** Rows of the lookup and of each unit that keeps one per payment. */
async function writeKept(bench: PaymentsBench): Promise<void> {
  const { stack, sizes } = bench
  const at = formatDateTime(new Date())
  const payment = (n: number) => paymentOf(n, { service_id: idOf('service', n % services) })
  const ids = (n: number) => ({
    payment_id: idOf('payment', n),
    application_id: idOf('application', n),
  })
  const rows: [AnyTopic, (n: number) => unknown][] = [
    [topics.paymentsCurrent, (n) => currentOf(payment(n))],
    [topics.keptPayments, (n) => keptOf(payment(n))],
    [topics.dispatchedApplications, ids],
    [topics.receivedPayments, (n) => ({ ...ids(n), received_at: at })],
    [
      topics.indexedPayments,
      (n) => ({ ...ids(n), event_created_at: at, ...countedOf(currentOf(payment(n))) }),
    ],
  ]
  for (const [topic, row] of rows) {
    stack.report(`${topic.name}: ${sizes.kept} rows`)
    const record = await recordsOf(stack, topic)
    await writeAll(stack, topic.name, sizes.kept, (n) => record(row(n)))
  }
}

/** The largest anonymous resident set of a process so far. */
class LargestSet {
  #megabytes = 0
  readonly #sampling: NodeJS.Timeout

  constructor({ pid, assertRuns }: RunningApp) {
    this.#sampling = setInterval(() => {
      try {
        assertRuns()
        this.#megabytes = Math.max(this.#megabytes, anonymousMegabytesOf(pid))
      } catch {
        // Whoever waits for it hears that it is gone.
        this.end()
      }
    }, sampleMs)
  }

  get megabytes(): number {
    return this.#megabytes
  }

  end(): void {
    clearInterval(this.#sampling)
  }
}

/** New payments for a while. */
async function atWork({ stack, sizes }: PaymentsBench, services: readonly string[]): Promise<void> {
  const record = await recordsOf<Application>(stack, topics.applications)
  const loop = await startOpenLoop(stack.kafka, {
    topic: topics.applications.name,
    perSecond,
    content: (n) => record(applicationOf(sizes.kept + n, services[n % services.length]!)),
  })
  await sleep(sizes.seconds * 1_000, undefined, { signal: stack.signal })
  await loop.stop()
}
