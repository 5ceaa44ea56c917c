import { describe, expect, it } from 'vitest'
import {
  daysLater,
  formatDateTime,
  instantOf,
  parseDateTime,
  toRomeTime,
} from '#schemas/values/date-time'

describe('a date and time is read', () => {
  it.each([
    ['2025-03-10T09:15:02+01:00', '2025-03-10T09:15:02+01:00'],
    ['2025-03-10T08:15:02Z', '2025-03-10T08:15:02Z'],
    ['2025-03-10T08:15:02+00:00', '2025-03-10T08:15:02+00:00'],
    ['2025-03-10T09:15:02.999+01:00', '2025-03-10T09:15:02+01:00'],
    ['2025-03-10T08:15:02.123456Z', '2025-03-10T08:15:02Z'],
    ['2025-03-10t08:15:02z', '2025-03-10T08:15:02Z'],
    ['2025-03-10T09:15:02+0100', '2025-03-10T09:15:02+01:00'],
    ['2025-03-10T09:15:02-03', '2025-03-10T09:15:02-03:00'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['2000-02-29T23:59:59Z', '2000-02-29T23:59:59Z'],
  ])('%s as %s', (text, dateTime) => {
    expect(parseDateTime(text)).toBe(dateTime)
  })

  it.each([
    '2025-03-10T09:15:02',
    '2025-03-10',
    '2025-03-10 09:15:02+01:00',
    '2025-03-10T24:00:00Z',
    '2025-03-10T09:15:60Z',
    '2025-03-10T09:15Z',
    '10/03/2025 09:15',
    '',
  ])('not from %j', (text) => {
    expect(() => parseDateTime(text)).toThrow('is not a date and time with an offset')
  })

  it.each(['2025-02-29', '2100-02-29', '2025-04-31', '2025-13-01', '2025-00-10', '2025-01-00'])(
    'not of the day %s',
    (day) => {
      expect(() => parseDateTime(`${day}T00:00:00Z`)).toThrow('is not a day of the calendar')
    },
  )

  it('not from a number', () => {
    expect(() => parseDateTime(1741594502)).toThrow('is a number; a date and time is text')
  })
})

describe('instants', () => {
  it('are compared whatever the offset', () => {
    expect(instantOf('2025-03-10T09:15:02+01:00')).toBe(instantOf('2025-03-10T08:15:02Z'))
    expect(instantOf('2025-03-10T09:00:00+01:00')).toBeLessThan(instantOf('2025-03-10T08:30:00Z'))
    expect(instantOf('1970-01-01T00:00:01Z')).toBe(1000)
  })
})

describe('a date is written as the clock of Rome shows it', () => {
  it.each([
    ['2025-01-15T12:00:00.999Z', '2025-01-15T13:00:00+01:00'],
    ['2025-07-15T12:00:00Z', '2025-07-15T14:00:00+02:00'],
    ['2025-12-31T23:30:00Z', '2026-01-01T00:30:00+01:00'],
    ['2025-03-30T00:59:59Z', '2025-03-30T01:59:59+01:00'],
    ['2025-03-30T01:00:00Z', '2025-03-30T03:00:00+02:00'],
    ['2025-10-26T00:59:59Z', '2025-10-26T02:59:59+02:00'],
    ['2025-10-26T01:00:00Z', '2025-10-26T02:00:00+01:00'],
  ])('%s as %s', (instant, text) => {
    expect(formatDateTime(new Date(instant))).toBe(text)
    expect(parseDateTime(text)).toBe(text)
    expect(instantOf(text)).toBe(Math.floor(Date.parse(instant) / 1000) * 1000)
  })
})

describe('a date that was just written', () => {
  it('does not stand for another second', () => {
    const at = (ms: number) => formatDateTime(new Date(Date.parse('2025-01-15T12:00:00Z') + ms))
    expect([0, 999, 1_000, 0, -1].map(at)).toEqual([
      '2025-01-15T13:00:00+01:00',
      '2025-01-15T13:00:00+01:00',
      '2025-01-15T13:00:01+01:00',
      '2025-01-15T13:00:00+01:00',
      '2025-01-15T12:59:59+01:00',
    ])
  })

  it('beyond the calendar is no date and time to be read', () => {
    const beyond = formatDateTime(new Date('+010000-01-01T00:00:00Z'))
    expect(() => toRomeTime(beyond)).toThrow('is not a date and time with an offset')
  })
})

describe('a date and time is given the offset of Rome', () => {
  it.each([
    ['2025-01-15T12:00:00Z', '2025-01-15T13:00:00+01:00'],
    ['2025-07-15T12:00:00Z', '2025-07-15T14:00:00+02:00'],
    ['2025-01-15T12:00:00+00:00', '2025-01-15T13:00:00+01:00'],
    ['2025-07-15T12:00:00.999+00:00', '2025-07-15T14:00:00+02:00'],
    ['2025-07-15T12:00:00+01:00', '2025-07-15T13:00:00+02:00'],
    ['2025-01-15T12:00:00.5-0300', '2025-01-15T16:00:00+01:00'],
    ['2025-01-15T13:00:00+01:00', '2025-01-15T13:00:00+01:00'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
    ['0000-01-01T00:00:00+14:00', '0000-01-01T00:00:00+14:00'],
  ])('%s as %s', (text, rome) => {
    expect(toRomeTime(text)).toBe(rome)
    expect(toRomeTime(rome)).toBe(rome)
    expect(instantOf(rome)).toBe(Math.floor(Date.parse(parseDateTime(text)) / 1000) * 1000)
  })

  it('not where it is none', () => {
    expect(() => toRomeTime('2025-02-29T00:00:00Z')).toThrow('is not a day of the calendar')
  })
})

describe('so many days later', () => {
  it.each([
    ['2025-03-10T09:15:02+01:00', 90, '2025-06-08T09:15:02+02:00'],
    ['2025-03-10T08:15:02Z', 90, '2025-06-08T09:15:02+02:00'],
    ['2025-08-01T00:30:00+02:00', 120, '2025-11-29T00:30:00+01:00'],
    ['2025-01-15T23:59:59+01:00', 1, '2025-01-16T23:59:59+01:00'],
    ['2024-02-28T12:00:00+01:00', 2, '2024-03-01T12:00:00+01:00'],
    ['9999-12-31T12:00:00+01:00', 30, '9999-12-31T12:00:00+01:00'],
  ])('than %s, %i of them, is %s', (text, days, later) => {
    expect(daysLater(text, days)).toBe(later)
  })
})
