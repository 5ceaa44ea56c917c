import { describe, expect, it } from 'vitest'
import { leftBehindLine, topicLines } from '#apps/corrente/topic-lines'

describe('what differs between the declared topics and the broker', () => {
  it('is told by what apply would do about it, and what it never does', () => {
    const lines = topicLines([
      { topic: 'payment.facts', difference: 'missing', isMended: true, isMissing: true },
      { topic: 'payment.seen', difference: 'retention.ms is 60000, wanted -1', isMended: true },
      { topic: 'payment.seen', difference: 'has 3 partitions, wanted 6', isMended: false },
    ])
    expect(lines).toEqual([
      'apply would create:',
      '  payment.facts',
      'apply would set:',
      '  payment.seen: retention.ms is 60000, wanted -1',
      'apply never changes; under another count a key lies in another partition than its rows:',
      '  payment.seen: has 3 partitions, wanted 6',
    ])
  })

  it('has nothing of what does not differ', () => {
    expect(topicLines([])).toEqual([])
  })

  it('names units that left topics behind, and not hundreds of them', () => {
    expect(leftBehindLine([])).toBeUndefined()
    expect(leftBehindLine(['payment-printer'])).toContain('never deletes: payment-printer; ')
    const many = Array.from({ length: 12 }, (_, n) => `unit-${n}`)
    expect(leftBehindLine(many)).toContain('unit-9 and 2 more')
  })
})
