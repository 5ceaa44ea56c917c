import type { LoadFigures } from '#tests/bench/debits/http-load'
import { expectProjected } from '#tests/bench/debits/projected'
import { told } from '#tests/bench/debits/rate-rows'
import { anyOf, debiting } from '#tests/bench/debits/requests'
import { cards, whileServing } from '#tests/bench/debits/serving'
import { zipfOf } from '#tests/bench/debits/zipf'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Bar, RowPlan, Sample } from '#tests/bench/row'

const exponent = 1.1
const connections = 64
/** A slice is a third of what a rate is measured for: of either side there are several. */
const slices = 3
const warmMs = 1_000

const atMost = (value: number): Bar => ({ of: 'ratio', is: 'at most', value })
const plans = {
  p50: {
    id: 'zipf.p50',
    what: '10,000 cards by Zipf 1.1, with ids, 64 connections, median; the projection runs',
    unit: 'ms',
    rival: 'own uniform',
    bar: atMost(1.2),
  },
  p99: {
    id: 'zipf.p99',
    what: 'its 99th percentile',
    unit: 'ms',
    rival: 'own uniform',
    bar: atMost(1.5),
  },
} as const satisfies Record<string, RowPlan>

const kinds = { zipf: zipfOf(cards, exponent), uniform: anyOf(cards) }

/** Hot cards against cards that are all alike, in turn. */
export const hotCards: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['seconds', 'pairs'],
  measure: (bench) =>
    whileServing(bench, async (serving) => {
      const { sizes, stack } = bench
      const forMs = (sizes.seconds * 1_000) / slices
      const slice = (kind: keyof typeof kinds): Promise<LoadFigures> =>
        serving.debit({
          connections,
          warmMs,
          forMs,
          request: debiting(kinds[kind], { hasId: true }),
        })
      const p50s: Sample[] = []
      const p99s: Sample[] = []
      for (let pair = 0; pair < sizes.pairs; pair++) {
        // Whoever comes second must not always be the same.
        const first = pair % 2 === 0 ? 'zipf' : 'uniform'
        const one = await slice(first)
        const two = await slice(first === 'zipf' ? 'uniform' : 'zipf')
        const [zipf, uniform] = first === 'zipf' ? [one, two] : [two, one]
        stack.report(`zipf: ${told(zipf)}; uniform ${told(uniform)}`)
        p50s.push({ ours: zipf.p50Ms, rival: uniform.p50Ms })
        p99s.push({ ours: zipf.p99Ms, rival: uniform.p99Ms })
      }
      await expectProjected(bench, serving.answered())
      return new Map([
        [plans.p50.id, p50s],
        [plans.p99.id, p99s],
      ])
    }),
}
