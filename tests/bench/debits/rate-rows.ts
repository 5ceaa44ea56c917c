import { closedLoad, type LoadFigures } from '#tests/bench/debits/http-load'
import { expectProjected } from '#tests/bench/debits/projected'
import { anyOf, debiting } from '#tests/bench/debits/requests'
import { startRival } from '#tests/bench/debits/rival'
import { assertTaken, cards, type Serving, whileServing } from '#tests/bench/debits/serving'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Bar, RowPlan, Sample } from '#tests/bench/row'

const rival = 'one row a card in Postgres'
const rate = (id: string, what: string, value: number) => ({
  id,
  what,
  unit: '/s',
  rival,
  bar: { of: 'ratio', is: 'at least', value } satisfies Bar,
})
const plans: readonly RowPlan[] = [
  rate('onecard.256', 'debits over HTTP, all of one card, 256 connections; the projection runs', 2),
  {
    id: 'onecard.256.p99',
    what: 'their 99th percentile',
    unit: 'ms',
    rival,
    bar: { of: 'ratio', is: 'at most', value: 1 },
  },
  rate('onecard.64', 'the same, 64 connections', 0.7),
  rate(
    'uniform.256',
    '10,000 cards, each request with an id, 256 connections; the projection runs',
    0.5,
  ),
  rate('uniform.64', 'the same, 64 connections', 0.25),
]

const warmMs = 3_000
const loads = [
  { name: 'onecard', card: () => 0, hasId: false },
  { name: 'uniform', card: anyOf(cards), hasId: true },
] as const

/** Closed loops over HTTP, ours and the rival's in turn, each over connections of its own; the projection runs. */
export const rates: PaymentsGroup = {
  rows: plans,
  sizes: ['seconds'],
  measure: (bench) =>
    whileServing(bench, async (serving) => {
      const rivals = await startRival(bench.platform.databaseUrl, cards)
      try {
        const samples = await measured(bench, serving, rivals.port)
        await expectProjected(bench, serving.answered())
        return samples
      } finally {
        await rivals.stop()
      }
    }),
}

async function measured(
  { stack, sizes }: PaymentsBench,
  { debit }: Serving,
  rivalPort: number,
): Promise<Map<string, Sample>> {
  const { signal, report } = stack
  const samples = new Map<string, Sample>()
  for (const { name, card, hasId } of loads) {
    for (const connections of [256, 64]) {
      const load = { connections, warmMs, forMs: sizes.seconds * 1_000 }
      const plain = debiting(card, { hasId: false })
      const asRival = { path: '/debito', port: rivalPort, request: plain, signal }
      const theirs = await closedLoad({ ...load, ...asRival })
      assertTaken(theirs)
      const ours = await debit({ ...load, request: debiting(card, { hasId }) })
      const id = `${name}.${connections}`
      report(`${id}: ${told(ours)}; the rival ${told(theirs)}`)
      samples.set(id, { ours: ours.perSecond, rival: theirs.perSecond })
      samples.set(`${id}.p99`, { ours: ours.p99Ms, rival: theirs.p99Ms })
    }
  }
  return samples
}

/** In words. */
export const told = ({ perSecond, p50Ms, p99Ms }: LoadFigures) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`
