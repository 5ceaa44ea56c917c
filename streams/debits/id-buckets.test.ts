import { describe, expect, it } from 'vitest'
import { hourMs, nowMs } from '#streams/debits/debit-samples'
import { bucketKey, bucketKeysWithin, forgottenRange } from '#streams/debits/id-buckets'
import { clockSkewMsMax } from '#streams/debits/known'

const windowMs = 72 * hourMs
/** Every ten minutes of some weeks: through several ends of buckets. */
const instants = Array.from({ length: 4_000 }, (_, n) => nowMs + (n * hourMs) / 6)

describe('buckets of ids', () => {
  it('are found for as long as the window, also where clocks were set forward or back', () => {
    for (const notedMs of instants) {
      for (const laterMs of [-clockSkewMsMax, 0, hourMs, windowMs, windowMs + clockSkewMsMax]) {
        const found = bucketKeysWithin(notedMs + laterMs, windowMs)
        expect(found).toContain(bucketKey(notedMs))
      }
    }
  })

  it('are two at most with the default window, the newest first', () => {
    for (const atMs of instants) {
      const keys = bucketKeysWithin(atMs, windowMs)
      expect(keys.length).toBeLessThanOrEqual(2)
      expect(keys).toEqual([...keys].sort().reverse())
    }
  })

  it('are as many as a longer window needs', () => {
    expect(bucketKeysWithin(nowMs, 720 * hourMs).length).toBeGreaterThan(9)
  })

  it('are the same whatever the window, so that one may choose another', () => {
    expect(bucketKeysWithin(nowMs, windowMs)).toContain(bucketKey(nowMs - hourMs))
    expect(bucketKeysWithin(nowMs, hourMs)).toContain(bucketKey(nowMs - hourMs))
  })

  it('are forgotten only when nobody asks for them, also where the clock was set back', () => {
    for (const atMs of instants) {
      const { gte, lt } = forgottenRange(atMs, windowMs)
      for (const key of bucketKeysWithin(atMs - clockSkewMsMax, windowMs)) {
        expect(key >= lt, `${key} at ${atMs}`).toBe(true)
      }
      const old = bucketKey(atMs - 3 * windowMs)
      expect(old >= gte && old < lt).toBe(true)
    }
  })
})
