import { describe, expect, it } from 'vitest'
import { exampleRequestId, shownExport } from '#apps/corrente/exports/example-export'
import {
  barOf,
  barText,
  bytesText,
  downloadText,
  durationText,
  progressText,
} from '#apps/corrente/exports/progress-text'

const unknown = { records: null, rendered: 0, failed: 0, percent: null, rate: null } as const

describe('the progress of an export', () => {
  it('is one line', () => {
    expect(progressText(shownExport())).toBe(
      'rendering, 50 %, 5000 of 10000, 10 without a document, 1250.5/s, 4 s left',
    )
  })

  it('says no more than is known', () => {
    const pending = shownExport({ state: 'PENDING', ...unknown, eta_seconds: null })
    expect(progressText(pending)).toBe('pending')
    expect(barText(pending)).toBe('pending')
  })

  it('says how large what came out is, or why nothing did', () => {
    const done = { rate: null, eta_seconds: null, failed: 0, rendered: 10_000, percent: 100 }
    const result = { bytes: 312_400_000, sha256: 'c0ffee' }
    expect(progressText(shownExport({ ...done, state: 'READY', result }))).toBe(
      'ready, 10000 of 10000, 312.4 MB',
    )
    const failure = { code: 'no-batch', message: 'there is no such batch' }
    const failed = shownExport({ state: 'FAILED', ...unknown, eta_seconds: null, failure })
    expect(progressText(failed)).toBe('failed, no-batch: there is no such batch')
  })

  it('says nothing of whom it is of', () => {
    expect(progressText(shownExport())).not.toMatch(new RegExp(`tenant|lote|${exampleRequestId}`))
  })
})

it.each([
  [0, '[..............................]'],
  [50, '[###############...............]'],
  [99, '[#############################.]'],
  [100, '[##############################]'],
  [250, '[##############################]'],
])('a bar of %d percent', (percent, bar) => {
  expect(barOf(percent)).toBe(bar)
})

it('durations and sizes are told as people say them', () => {
  expect([0, 59, 60, 125, 3_720].map(durationText)).toEqual([
    '0 s',
    '59 s',
    '1 min 00 s',
    '2 min 05 s',
    '1 h 02 min',
  ])
  expect([0, 999, 1_000, 12_345_678, 5e15].map(bytesText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '12.3 MB',
    '5000.0 TB',
  ])
})

it('a download is told by its bytes, also one of none', () => {
  expect(downloadText(500, 2_000)).toMatch(/^\[#{7}\.{23}\] 25 %, 500 B of 2\.0 kB$/)
  expect(downloadText(0, 0)).toContain('100 %')
})
