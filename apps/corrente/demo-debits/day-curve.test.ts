import { describe, expect, it } from 'vitest'
import { arrivals, busynessAt, clockText } from '#apps/corrente/demo-debits/day-curve'
import { randomOf } from '#apps/corrente/random'

const dayOf = (seed: number, perDay: number) => [...arrivals(randomOf(seed), perDay)]
const between = (hours: readonly number[], from: number, to: number) =>
  hours.filter((hour) => hour >= from && hour < to).length

describe('the curve of a day', () => {
  it('is one on average, and nowhere nothing', () => {
    const minutes = Array.from({ length: 24 * 60 }, (_, minute) => busynessAt((minute + 0.5) / 60))
    expect(minutes.reduce((sum, one) => sum + one, 0) / minutes.length).toBeCloseTo(1, 3)
    expect(Math.min(...minutes)).toBeGreaterThan(0)
  })

  it('has its peaks at noon and in the evening, and a quiet night', () => {
    const [night, morning, noon, afternoon, evening] = [3, 9, 12.5, 15, 19].map(busynessAt)
    expect(night!).toBeLessThan(morning! / 5)
    expect(noon!).toBeGreaterThan(morning!)
    expect(noon!).toBeGreaterThan(afternoon!)
    expect(evening!).toBeGreaterThan(afternoon!)
  })

  it('ends as it begins, so that a day can follow on a day', () => {
    expect(busynessAt(24)).toBe(busynessAt(0))
  })
})

describe('arrivals', () => {
  it('are as many as are asked for, in order, within the day, as the curve says', () => {
    const hours = dayOf(7, 20_000)
    expect(Math.abs(hours.length - 20_000)).toBeLessThan(600)
    expect(hours).toEqual([...hours].sort((one, other) => one - other))
    expect(hours.at(-1)).toBeLessThan(24)
    expect(between(hours, 12, 13)).toBeGreaterThan(10 * between(hours, 2.5, 3.5))
    const share = between(hours, 18, 20) / hours.length
    expect(share).toBeCloseTo((2 * busynessAt(19)) / 24, 1)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(dayOf(7, 100)).toEqual(dayOf(7, 100))
    expect(dayOf(8, 100)).not.toEqual(dayOf(7, 100))
  })
})

it.each([
  [0, '00:00'],
  [12.75, '12:45'],
  [23.999, '23:59'],
  [24, '24:00'],
])('%d is %s on the clock', (hour, text) => expect(clockText(hour)).toBe(text))
