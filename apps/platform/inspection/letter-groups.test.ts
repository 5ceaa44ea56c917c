import { describe, expect, it } from 'vitest'
import { LetterGroups } from '#apps/platform/inspection/letter-groups'
import { deadLetterOf } from '#core/redrive'

const letter = (unit: string, error: string, timestamp: number, tenant?: string) => ({
  ...deadLetterOf(unit, {
    topic: `${unit}.dlq`,
    partition: 0,
    offset: 0,
    key: null,
    value: null,
    timestamp,
    headers: { 'dlq.error': error },
  }),
  tenant,
})

describe('dead letters that are counted', () => {
  it('are told by what they share, the most first, with the first and the last of them', () => {
    const groups = new LetterGroups(['unit', 'error'])
    groups.note(letter('keeper', 'TypeError', 5))
    for (const timestamp of [3, 1, 2]) groups.note(letter('dispatcher', 'no-tax-code', timestamp))
    groups.note(letter('dispatcher', 'TypeError', 9))
    expect(groups.all()).toEqual([
      { unit: 'dispatcher', error: 'no-tax-code', count: 3, oldestMs: 1, newestMs: 3 },
      { unit: 'keeper', error: 'TypeError', count: 1, oldestMs: 5, newestMs: 5 },
      { unit: 'dispatcher', error: 'TypeError', count: 1, oldestMs: 9, newestMs: 9 },
    ])
  })

  it('by tenant are told apart from those that name none', () => {
    const groups = new LetterGroups(['tenant'])
    groups.note(letter('keeper', 'x', 1, 'body-1'))
    groups.note(letter('keeper', 'x', 2))
    expect(groups.all()).toMatchObject([
      { tenant: 'body-1', count: 1 },
      { tenant: null, count: 1 },
    ])
  })

  it('take no more memory than their groups have', () => {
    const groups = new LetterGroups(['unit', 'error', 'tenant'])
    for (let n = 0; n < 100_000; n++) groups.note(letter('keeper', 'x', n, `body-${n % 3}`))
    expect(groups.all().map(({ count }) => count)).toEqual([33_334, 33_333, 33_333])
  })
})
