import { describe, expect, it } from 'vitest'
import { delayMs } from '#core/retry'

const policy = { delayMsFirst: 200, delayMsMax: 10_000 }

describe('delayMs', () => {
  it('doubles from first to max, with jitter of half', () => {
    const longest = [1, 2, 3, 6, 7, 50, 5_000].map((attempt) => delayMs(policy, attempt, () => 1))
    expect(longest).toEqual([200, 400, 800, 6_400, 10_000, 10_000, 10_000])
    expect(delayMs(policy, 3, () => 0)).toBe(400)
  })
})
