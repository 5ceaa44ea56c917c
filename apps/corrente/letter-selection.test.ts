import { describe, expect, it } from 'vitest'
import { isSelected, letterSelection } from '#apps/corrente/letter-selection'
import { deadLetterOf } from '#core/redrive'

const unit = 'payment-dispatcher'
const noon = Date.parse('2026-01-15T12:00:00Z')
const letter = (partition: number, offset: number, error = 'no-tax-code', timestamp = noon) =>
  deadLetterOf(unit, {
    topic: `${unit}.dlq`,
    partition,
    offset,
    key: 'k',
    value: null,
    timestamp,
    headers: { 'dlq.error': error },
  })
const selects = (positionals: string[], given: Parameters<typeof letterSelection>[1] = {}) => {
  const selection = letterSelection(positionals, given)
  return (one: ReturnType<typeof letter>) => isSelected(selection, one)
}

describe('a selection of dead letters', () => {
  it('is one letter, by the place that the list prints or by its numbers', () => {
    for (const is of [
      selects([`${unit}.dlq@2:5`]),
      selects([unit], { partition: '2', offset: '5' }),
    ]) {
      expect(is(letter(2, 5))).toBe(true)
      expect(is(letter(2, 6))).toBe(false)
      expect(is(letter(1, 5))).toBe(false)
    }
  })

  it('is those with an error, written in a time', () => {
    const given = {
      error: 'no-tax-code',
      since: '2026-01-15T12:00:00Z',
      until: '2026-01-15T13:00:00Z',
    }
    const is = selects([unit], given)
    expect(is(letter(0, 1))).toBe(true)
    expect(is(letter(0, 1, 'UndecodableError'))).toBe(false)
    expect(is(letter(0, 1, 'no-tax-code', noon - 1))).toBe(false)
    expect(is(letter(0, 1, 'no-tax-code', noon + 3_600_001))).toBe(false)
  })

  it('knows whether anything narrows it down', () => {
    expect(letterSelection([unit], {}).isNarrow).toBe(false)
    expect(letterSelection([unit], { limit: '10' })).toMatchObject({ isNarrow: true, limit: 10 })
    expect(letterSelection([`${unit}.dlq@0:0`], {}).isNarrow).toBe(true)
  })

  it.each([
    [[], {}, /^say one unit, or one place/],
    [[unit, 'payment-keeper'], {}, /^say one unit/],
    [['payments'], {}, /^payments is not a unit; the units are payment-dispatcher, /],
    [[unit], { offset: '5' }, /^--offset goes with --partition/],
    [[unit], { limit: '0' }, /^--limit 0: say a whole number from 1 on/],
    [[unit], { partition: 'x' }, /^--partition x: say a whole number/],
    [[unit], { since: 'noon' }, /^--since noon: say an instant/],
  ])('of %j %j is refused in a sentence', (positionals, given, sentence) => {
    expect(() => letterSelection(positionals, given)).toThrow(sentence)
  })
})
