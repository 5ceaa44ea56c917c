import { closedLoad, type LoadFigures } from '#tests/bench/debits/http-load'
import { anyOf, debiting, opening } from '#tests/bench/debits/requests'
import { startRival } from '#tests/bench/debits/rival'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
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
  rate('onecard.256', 'debits over HTTP, all of one card, 256 connections', 2),
  {
    id: 'onecard.256.p99',
    what: 'their 99th percentile',
    unit: 'ms',
    rival,
    bar: { of: 'ratio', is: 'at most', value: 1 },
  },
  rate('onecard.64', 'the same, 64 connections', 0.7),
  rate('uniform.256', '10,000 cards, each request with an id, 256 connections', 0.5),
  rate('uniform.64', 'the same, 64 connections', 0.25),
]

const cards = 10_000
const warmMs = 3_000
const loads = [
  { name: 'onecard', card: () => 0, hasId: false },
  { name: 'uniform', card: anyOf(cards), hasId: true },
] as const

/** Closed loops over HTTP, ours and the rival's in turn, each over connections of its own. */
export const rates: PaymentsGroup = {
  rows: plans,
  sizes: ['seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform } = bench
      await platform.fresh()
      await Promise.all([platform.start('worker'), platform.start('debit-edge')])
      const port = Number(new URL(platform.addresses.debitEdge).port)
      const running = await startRival(platform.databaseUrl, cards)
      try {
        await openAccounts(bench, port)
        return await measured(bench, { ours: port, rival: running.port })
      } finally {
        await running.stop()
      }
    }),
}

async function openAccounts({ stack }: PaymentsBench, port: number): Promise<void> {
  let next = 0
  const { signal } = stack
  const request = () => opening(Math.min(next++, cards - 1))
  // Where a moment is too long the last one is asked for again, and refused: it is there.
  while (next < cards) {
    await closedLoad({
      ...{ port, path: '/conta', connections: 64, request, signal },
      warmMs: 0,
      forMs: 1_000,
    })
  }
}

interface Ports {
  readonly ours: number
  readonly rival: number
}

async function measured(bench: PaymentsBench, ports: Ports): Promise<Map<string, Sample>> {
  const { signal, report } = bench.stack
  const samples = new Map<string, Sample>()
  for (const { name, card, hasId } of loads) {
    for (const connections of [256, 64]) {
      const load = {
        path: '/debito',
        connections,
        warmMs,
        forMs: bench.sizes.seconds * 1_000,
        signal,
      }
      const request = { ours: debiting(card, { hasId }), rival: debiting(card, { hasId: false }) }
      const theirs = await closedLoad({ ...load, port: ports.rival, request: request.rival })
      const ours = await closedLoad({ ...load, port: ports.ours, request: request.ours })
      for (const figures of [theirs, ours]) assertTaken(figures)
      const id = `${name}.${connections}`
      report(`${id}: ${told(ours)}; the rival ${told(theirs)}`)
      samples.set(id, { ours: ours.perSecond, rival: theirs.perSecond })
      samples.set(`${id}.p99`, { ours: ours.p99Ms, rival: theirs.p99Ms })
    }
  }
  return samples
}

const told = ({ perSecond, p50Ms, p99Ms }: LoadFigures) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`

/** A rate of refusals would be none. */
function assertTaken({ statuses }: LoadFigures): void {
  const others = [...statuses].filter(([status]) => status !== 200)
  if (others.length === 0) return
  throw new Error(
    `answered ${others.map(([status, count]) => `${status} ${count} times`).join(', ')}`,
  )
}
