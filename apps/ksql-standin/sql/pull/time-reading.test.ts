import { describe, expect, it } from 'vitest'
import { readTime } from '#apps/ksql-standin/sql/pull/time-reading'

describe('a text as a time', () => {
  it.each([
    ['2026-11-22', 20779],
    ['1969-12-31', -1],
    ['2026-11', 20758],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-11-22T00:00', null],
    ['nope', null],
  ])('DATE %s is %s', (text, stored) => {
    expect(readTime(text, { kind: 'DATE' })).toBe(stored)
  })

  it.each([
    ['10:30:15.123', 37815123],
    ['00:01', 60000],
    ['24:00', null],
    ['10:60', null],
  ])('TIME %s is %s', (text, stored) => {
    expect(readTime(text, { kind: 'TIME' })).toBe(stored)
  })

  it.each([
    ['2026-11-18T11:06:40.123', 1795000000123],
    ['2026-11-18T11:06:40.123Z', 1795000000123],
    ['2026-11-18T12:06:40+01:00', 1795000000000],
    ['2026-11-18', 1794960000000],
    ['2026-11-18 11:06', null],
  ])('TIMESTAMP %s is %s', (text, stored) => {
    expect(readTime(text, { kind: 'TIMESTAMP' })).toBe(stored)
  })
})
