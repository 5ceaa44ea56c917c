import { describe, expect, it } from 'vitest'
import { instantMs } from '#apps/corrente/instant'

const nowMs = Date.parse('2026-01-15T10:00:00Z')

describe('an instant that is typed', () => {
  it.each([
    ['2026-01-15T09:30:00Z', '2026-01-15T09:30:00Z'],
    ['2026-01-15T10:30:00+01:00', '2026-01-15T09:30:00Z'],
    ['2026-01-14', '2026-01-14T00:00:00Z'],
    ['90s', '2026-01-15T09:58:30Z'],
    ['15m', '2026-01-15T09:45:00Z'],
    ['2h', '2026-01-15T08:00:00Z'],
    ['3d', '2026-01-12T10:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(instantMs('--since', text, nowMs)).toBe(Date.parse(expected))
  })

  it.each(['yesterday', '2026-01-15T10:00:00', '2026-13-40', '5w', ''])('%s is none', (text) => {
    expect(() => instantMs('--since', text, nowMs)).toThrow(/^--since .*: say an instant such as/)
  })
})
