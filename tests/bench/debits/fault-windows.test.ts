import { describe, expect, it } from 'vitest'
import {
  type Asked,
  calmMs,
  latenciesOutside,
  merged,
  windowOf,
} from '#tests/bench/debits/fault-windows'

/** A request every 100 ms, answered after 10 ms. */
function quiet(forMs: number): Asked[] {
  return Array.from({ length: forMs / 100 }, (_, n) => ({
    plannedMs: n * 100,
    answeredMs: n * 100 + 10,
    status: 200,
  }))
}

/** The same, where those due in a time are answered at its end. */
function stalled(fromMs: number, toMs: number, status = 200): Asked[] {
  return quiet(20_000).map((one) =>
    one.plannedMs >= fromMs && one.plannedMs < toMs ? { ...one, answeredMs: toMs, status } : one,
  )
}

const kill = { name: 'a kill', fromMs: 5_050, toMs: 6_000 }

describe('the window of a fault', () => {
  it('lasts from it until the last request that felt it was answered', () => {
    const asked = stalled(5_000, 8_000)
    expect(windowOf(kill, asked)).toEqual({ name: 'a kill', fromMs: 5_050, toMs: 8_000 })
  })

  it('begins with the first request that felt it, where that comes later', () => {
    expect(windowOf(kill, stalled(6_500, 7_000))).toMatchObject({ fromMs: 6_500, toMs: 7_000 })
  })

  it('goes on while answers are refusals, however fast', () => {
    const asked = stalled(5_000, 7_000).map((one) =>
      one.plannedMs >= 7_000 && one.plannedMs < 7_500 ? { ...one, status: 503 } : one,
    )
    expect(windowOf(kill, asked)).toMatchObject({ fromMs: 5_050, toMs: 7_410 })
  })

  it('does not reach to what is felt long after it', () => {
    const later = stalled(8_000, 9_000)
    expect(windowOf(kill, later)).toMatchObject({ fromMs: kill.fromMs, toMs: kill.fromMs })
    expect(later[80]!.plannedMs).toBeGreaterThan(kill.toMs + calmMs)
  })

  it('is empty where nobody felt it', () => {
    expect(windowOf(kill, quiet(20_000))).toMatchObject({ fromMs: 5_050, toMs: 5_050 })
  })
})

it('windows that meet are one', () => {
  const windows = [
    { name: 'b', fromMs: 20, toMs: 30 },
    { name: 'a', fromMs: 0, toMs: 21 },
    { name: 'c', fromMs: 40, toMs: 50 },
  ]
  expect(merged(windows)).toEqual([
    { name: 'a, b', fromMs: 0, toMs: 30 },
    { name: 'c', fromMs: 40, toMs: 50 },
  ])
})

it('what was open within a window does not count outside', () => {
  const asked = stalled(5_000, 8_000)
  const windows = [windowOf(kill, asked)]
  const outside = latenciesOutside(windows, asked)
  expect(outside).toHaveLength(200 - 31)
  expect(Math.max(...outside)).toBe(10)
})
