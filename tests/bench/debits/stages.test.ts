import { expect, it } from 'vitest'
import { meanStages } from '#tests/bench/debits/stages'

it('adds up to the time from sending to answer', () => {
  const one = { sentMs: 10.2, requestedMs: 12, decidedMs: 20, answeredMs: 29.8 }
  const other = { sentMs: 110.4, requestedMs: 116, decidedMs: 120, answeredMs: 131.4 }
  const { asked, decided, answered } = meanStages([one, other])
  expect(asked).toBeCloseTo(4.2)
  expect(decided).toBeCloseTo(6)
  expect(answered).toBeCloseTo(10.1)
  expect(asked + decided + answered).toBeCloseTo((19.6 + 21) / 2)
})
