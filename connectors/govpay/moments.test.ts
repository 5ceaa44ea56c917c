import { describe, expect, it } from 'vitest'
import { dayOf, endOf, isPast, momentOf } from '#connectors/govpay/moments'

describe('a moment', () => {
  it.each([
    ['2020-12-31T12:55:12', '2020-12-31T12:55:12+01:00'],
    ['2020-07-31T12:55:12', '2020-07-31T12:55:12+02:00'],
    ['2020-12-31 10:27:27.903', '2020-12-31T10:27:27+01:00'],
    ['2019-10-21T14:16:07.022+0000', '2019-10-21T16:16:07+02:00'],
    ['2019-10-21T14:16:07Z', '2019-10-21T16:16:07+02:00'],
    ['2018-12-31', '2018-12-31T00:00:00+01:00'],
    ['2018-07-01', '2018-07-01T00:00:00+02:00'],
    ['2025-03-30T02:30:00', '2025-03-30T03:30:00+02:00'],
    ['2025-10-26T02:30:00', '2025-10-26T02:30:00+02:00'],
  ])('%s is %s', (text, moment) => {
    expect(momentOf(text)).toBe(moment)
  })

  it.each(['', 'soon', '2020-02-30', '2020-12-31T25:00:00', '31/12/2020'])('is not %j', (text) => {
    expect(momentOf(text)).toBeNull()
  })
})

it('the day of a moment is that of Rome', () => {
  expect(dayOf('2025-06-08T23:30:00Z')).toBe('2025-06-09')
})

it('a day ends with its last second, also where the clocks change', () => {
  expect(endOf('2025-06-08')).toBe('2025-06-08T23:59:59+02:00')
  expect(endOf('2025-10-26')).toBe('2025-10-26T23:59:59+01:00')
  expect(endOf('soon')).toBeNull()
})

describe('a deadline is past', () => {
  const at = (text: string) => new Date(text)

  it('once its day and the grace are over', () => {
    expect(isPast('2025-06-08', 24, at('2025-06-09T23:59:59+02:00'))).toBe(false)
    expect(isPast('2025-06-08', 24, at('2025-06-10T00:00:00+02:00'))).toBe(true)
    expect(isPast('2025-06-08', 0, at('2025-06-09T00:00:00+02:00'))).toBe(true)
    expect(isPast('2025-06-08', 0, at('2025-06-08T23:59:59+02:00'))).toBe(false)
  })

  it('on the day on which the clocks change, when that day is over', () => {
    expect(isPast('2025-10-26', 0, at('2025-10-26T23:30:00+01:00'))).toBe(false)
    expect(isPast('2025-10-26', 0, at('2025-10-27T00:00:00+01:00'))).toBe(true)
  })

  it('never where it is no day', () => {
    expect(isPast('', 0, at('2025-06-10T00:00:00+02:00'))).toBe(false)
  })
})
