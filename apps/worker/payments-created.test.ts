import { describe, expect, it } from 'vitest'
import { countPaymentsCreated } from '#apps/worker/payments-created'
import { newMetrics } from '#core/metrics'
import { type Emission, to } from '#core/processor'
import { paymentFacts } from '#schemas/topics'

const fact = {
  payment_id: '6f2c9a1e-4b7d-4c3a-9e58-1d2f3a4b5c6d',
  occurred_at: '2026-01-15T10:00:00+01:00',
}
const links = { online_payment_begin: null, offline_payment: null, receipt: null, update: null }
const opened = to(paymentFacts, {
  ...fact,
  type: 'Opened',
  opened: { notice_code: null, iuv: null, links },
})
const refused = to(paymentFacts, { ...fact, type: 'Refused', refused: { code: 'no', message: '' } })

/** What is counted after these outcomes of requests to a connector. */
async function countedAfter(outcomes: readonly (readonly [string, readonly Emission[]])[]) {
  const metrics = newMetrics()
  const count = countPaymentsCreated(metrics)
  for (const [connector, emissions] of outcomes) {
    count({ unit: 'debt-position-opener', value: { connector }, emissions })
  }
  const found = await metrics.registry.getSingleMetric('corrente_payments_created_total')!.get()
  const counts = found.values.map(({ labels, value }) => [labels['connector'], value] as const)
  return Object.fromEntries(counts) as Record<string, number>
}

describe('payments created', () => {
  it('are the debt positions reported as opened, by connector', async () => {
    const outcomes = [
      ['examplepay', [opened]],
      ['govpay', [opened]],
      ['examplepay', [opened]],
    ] as const
    expect(await countedAfter(outcomes)).toEqual({ examplepay: 2, govpay: 1 })
  })

  it('are not those refused, or of which nothing came', async () => {
    const removed = { topic: 'payment-keeper.payments', key: fact.payment_id, value: null }
    const outcomes = [
      ['examplepay', [refused]],
      ['examplepay', []],
      ['examplepay', [removed]],
    ] as const
    expect(await countedAfter(outcomes)).toEqual({})
  })
})
