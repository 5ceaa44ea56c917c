import { describe, expect, it } from 'vitest'
import type { AgedLag } from '#apps/platform/inspection/aged-lags'
import { isLagging, toldLags } from '#apps/platform/inspection/told-lags'

const unit = 'payment-keeper'
const none = { lagMax: Infinity, ageSecondsMax: Infinity }
const partition = (more: Partial<AgedLag> = {}): AgedLag => ({
  unit,
  topic: 'payment.facts',
  partition: 0,
  committed: 10,
  beginning: 0,
  end: 12,
  lag: 2,
  oldestAgeSeconds: null,
  ...more,
})
const told = (partitions: readonly AgedLag[], { members = 1, bounds = none } = {}) => {
  const lag = partitions.reduce((sum, one) => sum + one.lag, 0)
  return toldLags([{ unit, members, partitions, lag }], partitions, bounds)[0]!
}

describe('how a unit stands', () => {
  it('is well where nothing but markers of transactions is left, whether a process runs it or not', () => {
    expect(told([partition()], { members: 0 })).toMatchObject({ lag: 2, needs: [] })
    expect(isLagging(partition())).toBe(false)
  })

  it('is told with the record that waits longest', () => {
    const partitions = [partition({ oldestAgeSeconds: 5 }), partition({ oldestAgeSeconds: 90 })]
    expect(told(partitions)).toMatchObject({ lag: 4, oldestAgeSeconds: 90, needs: [] })
  })

  it('needs somebody where records wait and no process runs it', () => {
    const { needs } = told([partition({ oldestAgeSeconds: 5 })], { members: 0 })
    expect(needs).toEqual(['no process runs it: start a worker that does'])
  })

  it('needs somebody beyond the bounds that were given', () => {
    const partitions = [partition({ oldestAgeSeconds: 61 })]
    expect(told(partitions, { bounds: { lagMax: 2, ageSecondsMax: 61 } }).needs).toEqual([])
    expect(told(partitions, { bounds: { lagMax: 1, ageSecondsMax: 60 } }).needs).toEqual([
      'more than 1 behind',
      'its oldest record waits longer than 60 s',
    ])
  })

  it('needs somebody where nothing says from where it goes on', () => {
    const outside = partition({ committed: 3, beginning: 5 })
    const lost = partition({ committed: undefined })
    expect([told([outside]).needs, told([lost]).needs]).toMatchObject([
      [expect.stringMatching(/^it stands outside the log/) as string],
      [expect.stringMatching(/^nothing says where it goes on/) as string],
    ])
    expect([outside, lost].every(isLagging)).toBe(true)
  })
})
