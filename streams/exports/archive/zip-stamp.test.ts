import { afterEach, describe, expect, it, vi } from 'vitest'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'

const readable = ({ date, time }: { date: number; time: number }) =>
  [
    (date >> 9) + 1980,
    (date >> 5) & 15,
    date & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  ].join(' ')
const stampOf = (text: string) => readable(zipStampOf(new Date(text)))

describe('the date of an archive', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is in UTC, wherever it is made, to two seconds', () => {
    vi.stubEnv('TZ', 'America/Lima')
    expect(stampOf('2026-01-07T12:34:57Z')).toBe('2026 1 7 12 34 56')
    expect(stampOf('2026-01-07T23:00:00-05:00')).toBe('2026 1 8 4 0 0')
  })

  it('is one that a ZIP can tell', () => {
    expect(stampOf('1970-01-01T00:00:00Z')).toBe('1980 1 1 0 0 0')
    expect(stampOf('2200-01-01T00:00:00Z')).toBe('2107 12 31 23 59 58')
  })
})
