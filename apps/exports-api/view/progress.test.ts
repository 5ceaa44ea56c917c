import { describe, expect, it } from 'vitest'
import { progressOf } from '#apps/exports-api/view/progress'

const rendering = {
  state: 'RENDERING',
  records: 10_000,
  rendered: 0,
  failed: 0,
  rendering_at: '2026-11-30T11:00:00+01:00',
  updated_at: '2026-11-30T11:00:04+01:00',
} as const

describe('the progress of an export', () => {
  it('is told from its counters: what has no document is done, too', () => {
    const counted = { ...rendering, rendered: 3_990, failed: 10 }
    expect(progressOf(counted)).toEqual({ percent: 40, rate: 1_000, eta_seconds: 6 })
  })

  it('is rounded so that nothing is promised too early', () => {
    const counted = { ...rendering, records: 3_001, rendered: 3_000 }
    expect(progressOf(counted)).toEqual({ percent: 99, rate: 750, eta_seconds: 1 })
  })

  it('has no rate before something is done, nor within the first second', () => {
    expect(progressOf(rendering)).toEqual({ percent: 0, rate: null, eta_seconds: null })
    const counted = { ...rendering, rendered: 500, updated_at: rendering.rendering_at }
    expect(progressOf(counted)).toEqual({ percent: 5, rate: null, eta_seconds: null })
  })

  it('counts across the end of summer time, where the clock goes back', () => {
    const counted = {
      ...rendering,
      rendered: 5_000,
      rendering_at: '2026-10-25T02:59:58+02:00',
      updated_at: '2026-10-25T02:00:03+01:00',
    }
    expect(progressOf(counted)).toEqual({ percent: 50, rate: 1_000, eta_seconds: 5 })
  })

  it.each([
    'PENDING',
    'EXTRACTING',
    'SPLITTING',
    'FAILED',
    'CANCELLING',
    'CANCELLED',
    'EXPIRED',
  ] as const)('is not known while it is %s', (state) => {
    const nothing = { percent: null, rate: null, eta_seconds: null }
    expect(progressOf({ ...rendering, state, rendered: 10 })).toEqual(nothing)
  })

  it.each(['COLLECTING', 'READY', 'READY_WITH_ERRORS'] as const)(
    'is all of it once %s',
    (state) => {
      expect(progressOf({ ...rendering, state }).percent).toBe(100)
    },
  )

  it('is all of it where there is nothing to do', () => {
    expect(progressOf({ ...rendering, records: 0 }).percent).toBe(100)
  })
})
