import { describe, expect, it } from 'vitest'
import { CallPlan, type PlanSettings } from '#apps/payments-poller/call-plan'
import { backlogsOf, beginMs, duePayment, exampleId } from '#apps/payments-poller/example-payments'
import type { CallKind } from '#apps/payments-poller/repeats'
import type { DuePayment } from '#ports/open-payments'

const settings: PlanSettings = {
  concurrency: 8,
  perConnector: { concurrency: 4, callsPerSecond: 100 },
  jitterMs: 0,
}
const planOf = (changes: Partial<PlanSettings> = {}) =>
  new CallPlan({ ...settings, ...changes }, () => 0)
const manyAt = (connector: string, count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => duePayment(from + i, { connector }))
const countsOf = (payments: readonly DuePayment[]) => {
  const counts: Record<string, number> = {}
  for (const { connector } of payments) counts[connector] = (counts[connector] ?? 0) + 1
  return counts
}

/** Runs the plan by a clock of its own: each call takes 100 ms and ends as said. */
function played(
  payments: readonly DuePayment[],
  kindOf: (payment: DuePayment) => CallKind,
  { plan = planOf(), seconds = 60, callMs = 100 } = {},
) {
  const calls: { readonly id: string; readonly connector: string; readonly at: number }[] = []
  const out: { readonly payment: DuePayment; readonly endMs: number }[] = []
  let outMax = 0
  for (let now = beginMs; now < beginMs + seconds * 1_000; now += 100) {
    for (const call of out.filter(({ endMs }) => endMs <= now)) {
      out.splice(out.indexOf(call), 1)
      plan.ended(call.payment, kindOf(call.payment), now)
    }
    for (const payment of plan.next(backlogsOf(payments), now)) {
      expect(out.map(({ payment: { id } }) => id)).not.toContain(payment.id)
      const isDead = kindOf(payment) === 'failed'
      out.push({ payment, endMs: now + (isDead ? 10_000 : callMs) })
      calls.push({ id: payment.id, connector: payment.connector, at: now - beginMs })
    }
    outMax = Math.max(outMax, out.length)
  }
  return { calls, outMax }
}

describe('a plan of calls', () => {
  it('calls the nearest deadline first, as many at once as a connector may have', () => {
    const chosen = planOf().next(backlogsOf(manyAt('a', 10)), beginMs)
    expect(chosen.map(({ id }) => id)).toEqual([1, 2, 3, 4].map(exampleId))
  })

  it('gives the connectors equal turns among the places there are', () => {
    const payments = [...manyAt('a', 100), ...manyAt('b', 3, 200), ...manyAt('c', 100, 300)]
    const plan = planOf({ concurrency: 6 })
    expect(countsOf(plan.next(backlogsOf(payments), beginMs))).toEqual({ a: 2, b: 2, c: 2 })
    expect(plan.next(backlogsOf(payments), beginMs)).toEqual([])
  })

  it('lets everybody be first in turn where there is one place', () => {
    const payments = [...manyAt('a', 9), ...manyAt('b', 9, 20), ...manyAt('c', 9, 40)]
    const plan = planOf({ concurrency: 1 })
    const first = [0, 1, 2].map((i) => {
      const [payment] = plan.next(backlogsOf(payments), beginMs + i)
      plan.ended(payment!, 'answered', beginMs + i)
      return payment!.connector
    })
    expect(first.toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('keeps to the calls a second of each connector', () => {
    const plan = planOf({ perConnector: { concurrency: 4, callsPerSecond: 10 } })
    const { calls } = played(manyAt('a', 500), () => 'answered', { plan, seconds: 10 })
    expect(calls.length).toBeGreaterThan(90)
    expect(calls.length).toBeLessThanOrEqual(10 + 10 * 10)
  })

  it('never calls a payment twice at once, and not again at once while its row does not move', () => {
    const { calls } = played(manyAt('a', 1), () => 'answered', { seconds: 200, callMs: 5_000 })
    expect(calls.map(({ at }) => Math.round(at / 1_000))).toEqual([0, 35, 100])
  })

  it('calls it again as soon as its row has moved and the time has come', () => {
    const plan = planOf()
    const [payment] = plan.next(backlogsOf([duePayment(1)]), beginMs)
    plan.ended(payment!, 'answered', beginMs + 100)
    const moved = duePayment(1, { next_check_at_ms: beginMs + 5_000 })
    expect(plan.next(backlogsOf([moved]), beginMs + 4_999)).toEqual([])
    expect(plan.next(backlogsOf([moved]), beginMs + 5_000)).toEqual([moved])
  })

  it('checks all of the others within a minute while one of them is dead', () => {
    const living = ['a', 'b', 'c'].flatMap((name, i) => manyAt(name, 600, 10_000 * i))
    const dead = manyAt('dead', 200, 50_000)
    const plan = planOf({ concurrency: 128, perConnector: { concurrency: 16, callsPerSecond: 50 } })
    const kindOf = ({ connector }: DuePayment) => (connector === 'dead' ? 'failed' : 'answered')
    const { calls, outMax } = played([...dead, ...living], kindOf, { plan })
    const checked = new Set(
      calls.filter(({ connector }) => connector !== 'dead').map(({ id }) => id),
    )
    expect(checked.size).toBe(1_800)
    expect(outMax).toBeLessThanOrEqual(128)
  })

  it('only probes a dead one, more and more seldom, and gives it all again at its first answer', () => {
    const plan = planOf()
    const payments = manyAt('a', 100)
    played(payments, () => 'failed', { plan, seconds: 300 })
    expect(plan.states()).toMatchObject([{ connector: 'a', isAway: true }])
    const later = beginMs + 400_000
    const probes = plan.next(backlogsOf(payments), later)
    expect(probes).toHaveLength(1)
    plan.ended(probes[0]!, 'answered', later + 100)
    expect(plan.next(backlogsOf(payments), later + 100).length).toBeGreaterThan(1)
  })

  it('takes 404 and 409 for answers: of that payment nothing is asked for a while, of others at once', () => {
    const { calls } = played(manyAt('a', 20), () => 'refused', { seconds: 50 })
    expect(calls).toHaveLength(20)
  })

  it('does not take an address that may not be called for the end of its connector', () => {
    const plan = planOf()
    played(manyAt('a', 50), () => 'forbidden', { plan, seconds: 20 })
    expect(plan.states()).toMatchObject([{ failures: 0, isAway: false }])
  })

  it('spreads what is due at one moment over the longest delay, the same payment always by as much', () => {
    const plan = planOf({ jitterMs: 5_000 })
    const delays = manyAt('a', 200).map(
      (payment) => plan.dueSince(payment, beginMs + 5_000)! - beginMs,
    )
    expect(Math.min(...delays)).toBeLessThan(500)
    expect(Math.max(...delays)).toBeGreaterThan(4_000)
    expect(Math.max(...delays)).toBeLessThan(5_000)
    expect(planOf({ jitterMs: 5_000 }).dueSince(duePayment(7), beginMs + 5_000)).toBe(
      plan.dueSince(duePayment(7), beginMs + 5_000),
    )
  })
})
