import { setTimeout as sleep } from 'node:timers/promises'
import { HttpOpenLoop } from '#tests/bench/debits/http-open-loop'
import { anyOf, debiting } from '#tests/bench/debits/requests'
import { cards, whileServing } from '#tests/bench/debits/serving'
import { type Stages, meanStages } from '#tests/bench/debits/stages'
import { transactionsOf } from '#tests/bench/debits/transactions'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import { openLogWatch } from '#tests/log-watch'

const perSecond = 1_000
const warmMs = 10_000
const row = (id: string, what: string) => ({ id: `stages.${id}`, what, unit: 'ms' })

const idOf = (n: number): string => `stage-${n}`
const anyCard = debiting(anyOf(cards), { hasId: false })
const request = (n: number) => ({ ...anyCard(n), headers: `Idempotency-Key: ${idOf(n)}\r\n` })

/** Where the time of a debit goes, at a pace that leaves room: means, so that they add up. */
export const stages: PaymentsGroup = {
  rows: [
    row(
      'asked',
      '1,000/s over HTTP: from when whoever asks sends it until the log has the request',
    ),
    row('decided', 'from there until the log has its decision, which is not committed yet'),
    row('answered', 'from there until whoever asks has his answer'),
    row('transaction', 'a transaction of the authoriser, from its beginning to its commit'),
  ],
  sizes: ['seconds'],
  measure: (bench) =>
    whileServing(bench, async ({ port }) => {
      const { stack, platform, sizes } = bench
      const loop = new HttpOpenLoop({ port, path: '/debito', perSecond, request })
      await sleep(warmMs, undefined, { signal: stack.signal })
      const first = loop.sent
      const before = await transactionsOf(platform)
      await sleep(sizes.seconds * 1_000, undefined, { signal: stack.signal })
      const after = await transactionsOf(platform)
      const last = loop.sent
      const answers = await loop.stop()
      const times = new Map<string, Partial<Stages>>()
      for (let n = first; n < last; n++) {
        const answer = answers[n]
        if (answer?.status !== 200)
          throw new Error(`request ${n} was answered ${answer?.status ?? 'nothing'}`)
        const { timeOrigin } = performance
        times.set(idOf(n), {
          sentMs: timeOrigin + answer.sentMs,
          answeredMs: timeOrigin + answer.answeredMs,
        })
      }
      await addLogTimes(bench, times)
      const mean = meanStages([...times.values()] as Stages[])
      const transactionMs =
        (1_000 * (after.seconds - before.seconds)) / (after.count - before.count)
      return new Map(
        Object.entries({ ...mean, transaction: transactionMs }).map(([id, ours]) => [
          `stages.${id}`,
          { ours },
        ]),
      )
    }),
}

/** Adds when the log took each request, and its decision. */
async function addLogTimes(
  { stack }: PaymentsBench,
  times: Map<string, Partial<Stages>>,
): Promise<void> {
  const members = { debits: 'requestedMs', 'debits.decisions': 'decidedMs' } as const
  const { kafka, registryUrl } = stack
  const place = { brokers: kafka.brokers, registryUrl }
  const watch = await openLogWatch(place, Object.keys(members), ({ topic, timestamp, value }) => {
    const told = value as {
      readonly request_id?: string
      readonly decision?: { readonly request_id: string }
    }
    const id = told.decision?.request_id ?? told.request_id ?? ''
    const known = times.get(id)
    if (known) times.set(id, { ...known, [members[topic as keyof typeof members]]: timestamp })
  })
  try {
    await watch.caughtUp()
  } finally {
    await watch.close()
  }
}
