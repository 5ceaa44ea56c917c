import { setTimeout as sleep } from 'node:timers/promises'
import {
  boundMs,
  type Fault,
  type FaultWindow,
  latenciesOutside,
  merged,
  windowOf,
} from '#tests/bench/debits/fault-windows'
import { type Answered, HttpOpenLoop } from '#tests/bench/debits/http-open-loop'
import { playFaults } from '#tests/bench/debits/open-faults'
import { expectBooks, sentenceOf, unanswered } from '#tests/bench/debits/open-judge'
import { expectProjected } from '#tests/bench/debits/projected'
import { anyOf, debiting } from '#tests/bench/debits/requests'
import { cards, type Serving, whileServing } from '#tests/bench/debits/serving'
import { measureHop } from '#tests/bench/engine/hop'
import { floor } from '#tests/bench/engine/hop-rows'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Bar, RowPlan, Sample } from '#tests/bench/row'
import { percentile } from '#tests/bench/statistics'

const perSecond = 1_000
const warmMs = 10_000
const floorPace = { perSecond, warmMs: 5_000, measuredMs: 15_000 }
const windowSecondsMax = 20

const ratioAtMost = (value: number): Bar => ({ of: 'ratio', is: 'at most', value })
const plans = {
  windows: {
    id: 'open1000.windows',
    what: '1,000/s over HTTP, 10,000 cards, with ids: the worker is killed, another one joins and leaves, the broker restarts; fault windows in all',
    unit: 's',
    bar: { of: 'ours', is: 'at most', value: windowSecondsMax },
  },
  p50: {
    id: 'open1000.p50',
    what: 'outside of them, median from when each was due; the projection runs',
    unit: 'ms',
    rival: 'produce, consume',
    bar: ratioAtMost(8),
  },
  p99: {
    id: 'open1000.p99',
    what: 'their 99th percentile',
    unit: 'ms',
    rival: 'produce, consume',
    bar: ratioAtMost(6),
  },
} as const satisfies Record<string, RowPlan>

const idOf = (n: number): string => `open-${n}`
const anyCard = debiting(anyOf(cards), { hasId: false })
const request = (n: number) => ({
  ...anyCard(n),
  headers: `Idempotency-Key: ${idOf(n)}\r\n`,
})

/** Debits at a pace while what serves them fails: each is told in time, and done as it was told. */
export const openAtPace: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['openSeconds'],
  async measure(bench) {
    const none = await measureHop(bench.stack, floor(), floorPace)
    return whileServing(bench, async (serving) => {
      const { faults, answers, warm } = await asked(bench, serving)
      const all = answers.flatMap((answer) => answer ?? [])
      const windows = faults.map((fault) => windowOf(fault, all))
      const latencies = latenciesOutside(windows, all.slice(warm))
      tell(bench, { faults, windows, all: all.slice(warm) })
      const told = answers.map((answer, n) => ({ id: idOf(n), status: answer?.status }))
      const decisions = await expectBooks(bench, told)
      await expectProjected(bench, decisions)
      const late = unanswered(answers)
      if (late.length > 0) throw new Error(sentenceOf(late))
      const sample = (share: number, rival: number): Sample => ({
        ours: percentile(latencies, share),
        rival,
      })
      const samples = {
        windows: { ours: secondsOf(windows) },
        p50: sample(0.5, none.p50Ms),
        p99: sample(0.99, none.p99Ms),
      }
      return new Map(Object.entries(samples).map(([name, one]) => [plans[name as 'p50'].id, one]))
    })
  },
}

interface Run {
  readonly faults: readonly Fault[]
  readonly answers: readonly (Answered | undefined)[]
  /** The first requests, which do not count. */
  readonly warm: number
}

async function asked(bench: PaymentsBench, { port, worker }: Serving): Promise<Run> {
  const loop = new HttpOpenLoop({ port, path: '/debito', perSecond, request })
  try {
    await sleep(warmMs, undefined, { signal: bench.stack.signal })
    const warm = loop.sent
    const faults = await playFaults(bench, worker, bench.sizes.openSeconds * 1_000)
    return { faults, answers: await loop.stop(), warm }
  } finally {
    await loop.stop()
  }
}

const secondsOf = (windows: readonly FaultWindow[]): number =>
  merged(windows).reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / 1_000, 0)

interface Found {
  readonly faults: readonly Fault[]
  readonly windows: readonly FaultWindow[]
  readonly all: readonly Answered[]
}

/** The windows one by one, and what was refused. */
function tell({ stack }: PaymentsBench, { faults, windows, all }: Found): void {
  const began = all[0]!.plannedMs
  const at = (ms: number) => `${((ms - began) / 1_000).toFixed(1)} s`
  windows.forEach(({ name, fromMs, toMs }, n) => {
    const seconds = ((toMs - fromMs) / 1_000).toFixed(1)
    stack.report(
      `fault window of ${seconds} s, ${at(fromMs)} to ${at(toMs)}: ${name}, done ${at(faults[n]!.fromMs)} to ` +
        `${at(faults[n]!.toMs)}; answers that were refused or took more than ${boundMs} ms`,
    )
  })
  const answered = new Map<string, number>()
  for (const { status, code } of all) {
    const name = code === undefined ? String(status) : `${status} (${code})`
    answered.set(name, (answered.get(name) ?? 0) + 1)
  }
  const counts = [...answered].map(([name, count]) => `${name} ${count} times`)
  const lateMs = all.reduce((most, { plannedMs, sentMs }) => Math.max(most, sentMs - plannedMs), 0)
  stack.report(
    `answered ${counts.join(', ')}; the latest was sent ${lateMs.toFixed(0)} ms after it was due`,
  )
}
