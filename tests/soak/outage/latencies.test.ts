import { describe, expect, it } from 'vitest'
import { beganMs, marks, PlayedRun } from '#tests/soak/outage/example-run'

describe('the latency of the other', () => {
  const isAway = (dueMs: number) => dueMs >= marks.awayMs && dueMs < marks.returnedMs

  it('is counted by the phase in which an application was due', () => {
    const latencyMs = (_: number, dueMs: number) => (isAway(dueMs) ? 100 : 80)
    const { latencies } = new PlayedRun({ latencyMs }).judged()
    expect(latencies).toMatchObject({
      before: { count: 100, p50: 80, p99: 80 },
      away: { count: 201, p50: 100, max: 100 },
      'around a kill of the worker': { count: 99 },
      'catching up': { count: 50, p50: 80 },
    })
  })

  it('that moves is found', () => {
    const latencyMs = (n: number, dueMs: number) => (isAway(dueMs) ? 130 + 100 * (n % 2) : 80)
    expect(new PlayedRun({ latencyMs }).judged().violations).toEqual([
      'p50 of the other is 1.63 times that before, at most 1.5',
      'p99 of the other is 2.88 times that before, at most 2',
    ])
  })

  it('is no matter around a kill of the worker', () => {
    const killed = (dueMs: number) => Math.abs(dueMs - beganMs - 25_000) < 5_000
    const latencyMs = (_: number, dueMs: number) => (killed(dueMs) ? 9_000 : 80)
    expect(new PlayedRun({ latencyMs }).judged().violations).toEqual([])
  })
})
