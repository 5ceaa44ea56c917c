import { percentile } from '#tests/bench/statistics'
import type { Bounds, Kill, Run } from '#tests/soak/outage/judged-run'

/** Milliseconds from due to payable. */
export interface Latency {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export const phases = ['before', 'away', 'around a kill of the worker', 'catching up'] as const
export type Phase = (typeof phases)[number]
/** None of a phase without any. */
export type Latencies = Readonly<Partial<Record<Phase, Latency>>>

/** Where the other's latency moved by more than is allowed. */
export function slowness({ before, away }: Latencies, { ratioMax }: Bounds): string[] {
  if (!before || !away) return ['the latency of the other was not measured']
  return (['p50', 'p99'] as const).flatMap((share) => {
    const ratio = away[share] / before[share]
    const is = `${share} of the other is ${ratio.toFixed(2)} times that before`
    return ratio > ratioMax[share] ? [`${is}, at most ${ratioMax[share]}`] : []
  })
}

function phaseOf({ marks, kills, bounds }: Run, dueMs: number): Phase | undefined {
  if (dueMs < marks.beforeMs) return undefined
  if (dueMs < marks.awayMs) return 'before'
  if (dueMs >= marks.returnedMs) return dueMs < marks.caughtUpMs ? 'catching up' : undefined
  const isNear = ({ what, atMs }: Kill) =>
    what === 'worker' && Math.abs(dueMs - atMs) < bounds.marginMs
  return kills.some(isNear) ? 'around a kill of the worker' : 'away'
}

/** Of the other's payments, by the phase in which their applications were due. */
export function latenciesOf(run: Run): Latencies {
  const byPhase = new Map<Phase, number[]>()
  for (const { application = '', openedAtMs } of run.account.payments.values()) {
    const asked = run.account.asked.get(application)
    if (asked?.party !== 'other' || openedAtMs === undefined) continue
    const phase = phaseOf(run, asked.dueMs)
    if (!phase) continue
    const all = byPhase.get(phase) ?? []
    byPhase.set(phase, all)
    all.push(openedAtMs - asked.dueMs)
  }
  const figures = [...byPhase].map(([phase, all]) => [phase, latencyOf(all)] as const)
  return Object.fromEntries(figures)
}

const latencyOf = (all: readonly number[]): Latency => ({
  count: all.length,
  p50: percentile(all, 0.5),
  p99: percentile(all, 0.99),
  max: percentile(all, 1),
})
