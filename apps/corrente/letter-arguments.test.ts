import type { LogAccess } from '#apps/platform/inspection/log-access'
import { describe, expect, it } from 'vitest'
import { askedLetters, assertHasLetters } from '#apps/corrente/letter-arguments'

const unit = 'payment-dispatcher'

describe('dead letters asked for on the command line', () => {
  it('are one, by the place that the list prints or by its numbers', () => {
    const one = { selection: { unit, partition: 2, offset: 5 }, isNarrow: true }
    expect(askedLetters([`${unit}.dlq@2:5`], {})).toMatchObject(one)
    expect(askedLetters([unit], { partition: '2', offset: '5' })).toMatchObject(one)
  })

  it('are those with an error, written in a time', () => {
    const times = { since: '2026-01-15T12:00:00Z', until: '2026-01-15T13:00:00Z' }
    expect(
      askedLetters([unit], { error: 'no-tax-code', tenant: 'body-1', ...times }).selection,
    ).toMatchObject({
      error: 'no-tax-code',
      tenant: 'body-1',
      sinceMs: Date.parse(times.since),
      untilMs: Date.parse(times.until),
    })
  })

  it('are narrowed down by anything but the unit', () => {
    expect(askedLetters([unit], {}).isNarrow).toBe(false)
    expect(askedLetters([unit], { limit: '10' })).toMatchObject({
      isNarrow: true,
      selection: { limit: 10 },
    })
    expect(askedLetters([`${unit}.dlq@0:0`], {}).isNarrow).toBe(true)
  })

  it('are those of a unit that is, or that is gone and left its letters behind', async () => {
    const having = (...topics: readonly string[]) => {
      const partitionsOf = async (topic: string) => (topics.includes(topic) ? [0] : undefined)
      return { offsets: { partitionsOf } } as unknown as LogAccess
    }
    await expect(assertHasLetters(having(), unit)).resolves.toBeUndefined()
    await expect(assertHasLetters(having('old-unit.dlq'), 'old-unit')).resolves.toBeUndefined()
    await expect(assertHasLetters(having(), 'payments')).rejects.toThrow(
      /^payments is not a unit; the units are payment-dispatcher, /,
    )
  })

  it.each([
    [[], {}, /^say one unit, or one place/],
    [[unit, 'payment-keeper'], {}, /^say one unit/],
    [[unit], { offset: '5' }, /^--offset goes with --partition/],
    [[unit], { limit: '0' }, /^--limit 0: say a whole number from 1 on/],
    [[unit], { partition: 'x' }, /^--partition x: say a whole number/],
    [[unit], { since: 'noon' }, /^--since noon: say an instant/],
  ])('of %j %j are refused in a sentence', (positionals, given, sentence) => {
    expect(() => askedLetters(positionals, given)).toThrow(sentence)
  })
})
