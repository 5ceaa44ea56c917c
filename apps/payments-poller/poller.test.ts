import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { backlogsOf, beginMs, duePayment, exampleId } from '#apps/payments-poller/example-payments'
import { Poller } from '#apps/payments-poller/poller'
import { pollerMetrics } from '#apps/payments-poller/poller-metrics'
import { pollerProblems } from '#apps/payments-poller/poller-problems'
import type { CallOutcome } from '#apps/payments-poller/update-call'
import { silentLog } from '#core/log'
import type { DuePayment } from '#ports/open-payments'

const plan = {
  concurrency: 8,
  perConnector: { concurrency: 4, callsPerSecond: 100 },
  jitterMs: 0,
}

/** A poller by a clock of the test's, over payments the test changes; calls end when the test says. */
function scene(payments: DuePayment[]) {
  let now = beginMs
  let failure: Error | undefined
  const registry = new Registry()
  const begun: { readonly payment: DuePayment; readonly end: (outcome: CallOutcome) => void }[] = []
  const logged: { readonly fields: object; readonly event: string }[] = []
  const note = (fields: object, event: string) => void logged.push({ fields, event })
  const poller = new Poller(plan, {
    source: {
      due: async (nowMs, wanted) => {
        if (failure) throw failure
        return backlogsOf(
          payments.filter(({ next_check_at_ms }) => next_check_at_ms <= nowMs),
          nowMs,
          wanted,
        )
      },
    },
    call: (payment, signal) =>
      new Promise((end) => {
        begun.push({ payment, end })
        signal.addEventListener('abort', () => end({ kind: 'failed', code: 'aborted' }))
      }),
    isOwn: (id) => id !== exampleId(99),
    metrics: pollerMetrics({ registry }),
    log: { ...silentLog, info: note, warn: note, error: note },
    now: () => now,
  })
  return {
    poller,
    begun,
    logged,
    calls: () => begun.map(({ payment: { id } }) => id),
    pass: (ms: number) => void (now += ms),
    fail: (error: Error | undefined) => void (failure = error),
    metrics: () => registry.metrics(),
    async end(i: number, outcome: CallOutcome) {
      begun[i]!.end(outcome)
      await new Promise(setImmediate)
    },
  }
}
const answered = { kind: 'answered', code: '200' } as const

describe('the poller', () => {
  it('calls what is due, and what a place was missing for as soon as there is one', async () => {
    const { poller, calls, end } = scene([1, 2, 3, 4, 5].map((n) => duePayment(n)))
    await poller.round()
    expect(calls()).toEqual([1, 2, 3, 4].map(exampleId))
    await end(0, answered)
    expect(calls()).toEqual([1, 2, 3, 4, 5].map(exampleId))
  })

  it('leaves the payments of other replicas to them', async () => {
    const { poller, calls } = scene([duePayment(99), duePayment(1)])
    await poller.round()
    expect(calls()).toEqual([exampleId(1)])
  })

  it('asks again before it calls again: the row has moved meanwhile', async () => {
    const payments = [duePayment(1)]
    const { poller, calls, end, pass } = scene(payments)
    await poller.round()
    await end(0, answered)
    pass(3_600_000)
    poller.pump()
    expect(calls()).toHaveLength(1)
    payments[0] = duePayment(1, { next_check_at_ms: beginMs + 7_200_000 })
    await poller.round()
    expect(calls()).toHaveLength(1)
  })

  it('goes on with what it knows while what is due cannot be asked, and says so once', async () => {
    const { poller, fail, logged, calls, end } = scene([1, 2, 3, 4, 5].map((n) => duePayment(n)))
    await poller.round()
    fail(new Error('the broker is away'))
    await poller.round()
    await poller.round()
    await end(0, answered)
    expect(calls()).toHaveLength(5)
    expect(pollerProblems(poller.report(), 60_000)).toEqual([
      'what is due is not known: the broker is away',
    ])
    expect(logged.filter(({ event }) => event.includes('cannot be asked'))).toHaveLength(1)
    fail(undefined)
    await poller.round()
    expect(pollerProblems(poller.report(), 60_000)).toEqual([])
  })

  it('counts an address that may not be called, logs it without the address, and goes on', async () => {
    const { poller, end, logged, metrics } = scene([duePayment(1)])
    await poller.round()
    await end(0, { kind: 'forbidden', code: 'link-local-host' })
    expect(poller.report().forbidden).toEqual({ 'link-local-host': 1 })
    expect(pollerProblems(poller.report(), 60_000)).toEqual([])
    expect(await metrics()).toContain('corrente_poller_forbidden_total{reason="link-local-host"} 1')
    expect(JSON.stringify(logged)).not.toContain('/update/')
  })

  it('measures how late a check was asked for, once for each check', async () => {
    const { poller, end, pass, metrics } = scene([duePayment(1)])
    pass(20_000)
    await poller.round()
    await end(0, answered)
    pass(60_000)
    await poller.round()
    await end(1, answered)
    const text = await metrics()
    expect(text).toContain('corrente_poller_lateness_seconds_sum{connector="examplepay"} 20')
    expect(text).toContain('corrente_poller_lateness_seconds_count{connector="examplepay"} 1')
    expect(text).toContain('outcome="answered"} 2')
  })

  it('has numbers of so many connectors at most, and adds up the others', async () => {
    // One of the thousand is another replica's.
    const due = Array.from({ length: 1_000 }, (_, n) => ({
      ...duePayment(n + 1),
      connector: `proxy-${n}`,
    }))
    const { poller, pass, metrics } = scene(due)
    pass(20_000)
    await poller.round()
    const lines = (await metrics()).split('\n')
    const dueLines = lines.filter((line) => line.startsWith('corrente_poller_due{'))
    expect(dueLines).toHaveLength(31)
    expect(dueLines).toContain('corrente_poller_due{connector="other"} 969')
    expect(lines).toContain('corrente_poller_overdue_seconds{connector="other"} 20')
  })

  it('is red where checks wait longer than the bound at an intermediary that answers, not at a dead one', async () => {
    const { poller, end, pass } = scene(Array.from({ length: 20 }, (_, n) => duePayment(n + 1)))
    await poller.round()
    pass(61_000)
    await poller.round()
    const [problem] = pollerProblems(poller.report(), 60_000)
    expect(problem).toMatch(
      /^16 payments at examplepay wait .* up to 61 s; 60 s is the bound: raise/,
    )
    for (let i = 0; i < 5; i++) await end(i, { kind: 'failed', code: '504' })
    expect(poller.report().connectors).toMatchObject([{ isAway: true }])
    expect(pollerProblems(poller.report(), 60_000)).toEqual([])
  })

  it('begins no call after its stop, and waits for those that are out', async () => {
    const { poller, calls } = scene([1, 2, 3, 4, 5].map((n) => duePayment(n)))
    await poller.round()
    await poller.stop()
    poller.pump()
    expect(calls()).toHaveLength(4)
  })
})
