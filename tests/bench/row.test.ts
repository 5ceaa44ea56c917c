import { describe, expect, it } from 'vitest'
import { type Bar, rowOf, shown, spreadOf } from '#tests/bench/row'

const plan = { id: 'x', what: 'x', unit: 'records/s' }
const ratioAtLeast = (value: number): Bar => ({ of: 'ratio', is: 'at least', value })

describe('a row', () => {
  it('has the medians of its runs, and the median of their own ratios', () => {
    const samples = [
      { ours: 100, rival: 50 },
      { ours: 300, rival: 100 },
      { ours: 200, rival: 400 },
    ]
    const row = rowOf({ ...plan, bar: ratioAtLeast(2) }, samples)
    // The ratio of the medians would be 200 / 100: a rival is compared with the run beside it.
    expect(row).toMatchObject({ ours: 200, rival: 100, ratio: 2, ok: true, bar: '≥ 2×' })
    expect(spreadOf(row)).toEqual([0.5, 3])
    expect(row.runs).toBe(samples)
  })

  it('is not ok below its bar', () => {
    const row = rowOf({ ...plan, bar: ratioAtLeast(0.9) }, [{ ours: 89, rival: 100 }])
    expect(row).toMatchObject({ ratio: 0.89, ok: false })
  })

  it('may have to stay below its bar, in its own unit', () => {
    const bar: Bar = { of: 'ours', is: 'at most', value: 4_000 }
    const restart = { ...plan, unit: 'ms', bar }
    expect(rowOf(restart, [{ ours: 4_000 }])).toMatchObject({ ok: true, bar: '≤ 4,000 ms' })
    expect(rowOf(restart, [{ ours: 4_001 }])).toMatchObject({ ok: false, rival: null, ratio: null })
  })

  it('takes the bar that follows from what was measured', () => {
    const bar: Bar = { of: 'ours', is: 'at most', value: 0 }
    const samples = [
      { ours: 20, bar: 25 },
      { ours: 21, bar: 15 },
      { ours: 22, bar: 30 },
    ]
    expect(rowOf({ ...plan, unit: 's', bar }, samples)).toMatchObject({ bar: '≤ 25 s', ok: true })
  })

  it('without a bar is only reported', () => {
    expect(rowOf(plan, [{ ours: 1 }])).toMatchObject({ bar: 'reported', ok: null })
  })

  it('that was not measured is not ok', () => {
    const row = rowOf({ ...plan, bar: ratioAtLeast(0) }, [])
    expect(row).toMatchObject({ ours: null, rival: null, ratio: null, ok: false })
    expect(spreadOf(row)).toBeUndefined()
  })

  it('says where it was measured with less than its bar is meant for', () => {
    const bar: Bar = { of: 'ours', is: 'at least', value: 1_000 }
    const row = rowOf({ ...plan, bar, smaller: '10,000 of 1,000,000 rows' }, [{ ours: 1_500 }])
    expect(row).toMatchObject({ ok: true, smaller: '10,000 of 1,000,000 rows' })
    expect(rowOf({ ...plan, bar }, [{ ours: 1_500 }])).not.toHaveProperty('smaller')
  })

  it('keeps the floor of its minute', () => {
    expect(rowOf(plan, [{ ours: 30, floor: 8 }]).floor).toBe(8)
    expect(rowOf(plan, [{ ours: 30 }])).not.toHaveProperty('floor')
  })
})

it('numbers are shown with three digits, and no fraction from 100 on', () => {
  expect([0.98765, 12.345, 99.94, 1234.5, 1_234_567].map(shown)).toEqual([
    '0.988',
    '12.3',
    '99.9',
    '1,235',
    '1,234,567',
  ])
})
