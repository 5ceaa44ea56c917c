import { describe, expect, it } from 'vitest'
import {
  isLeftOut,
  isSelected,
  selectionText,
  type LetterSelection,
} from '#apps/platform/operating/letter-selection'
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
const selects = (narrowing: Partial<LetterSelection>) => (one: ReturnType<typeof letter>) =>
  isSelected({ unit, ...narrowing }, one)

describe('a selection of dead letters', () => {
  it('is all of a unit where nothing narrows it', () => {
    expect(selects({})(letter(7, 1))).toBe(true)
  })

  it('is one letter, by its place', () => {
    const is = selects({ partition: 2, offset: 5 })
    expect(is(letter(2, 5))).toBe(true)
    expect(is(letter(2, 6))).toBe(false)
    expect(is(letter(1, 5))).toBe(false)
  })

  it('is those with an error, written in a time', () => {
    const is = selects({ error: 'no-tax-code', sinceMs: noon, untilMs: noon + 3_600_000 })
    expect(is(letter(0, 1))).toBe(true)
    expect(is(letter(0, 1, 'UndecodableError'))).toBe(false)
    expect(is(letter(0, 1, 'no-tax-code', noon - 1))).toBe(false)
    expect(is(letter(0, 1, 'no-tax-code', noon + 3_600_001))).toBe(false)
  })

  it('is those of a tenant, and leaves out what does not say whose it is', () => {
    const selection = { unit, tenant: 'body-1', error: 'no-tax-code' }
    const of = (tenant?: string) => ({ ...letter(0, 1), tenant })
    expect([of('body-1'), of('body-2'), of()].map((one) => isSelected(selection, one))).toEqual([
      true,
      false,
      false,
    ])
    expect([of('body-1'), of('body-2'), of()].map((one) => isLeftOut(selection, one))).toEqual([
      false,
      false,
      true,
    ])
    expect(isLeftOut(selection, letter(0, 1, 'another'))).toBe(false)
    expect(isLeftOut({ unit }, of())).toBe(false)
  })

  it('is told in words', () => {
    expect(selectionText({ unit })).toBe('all')
    const selection = { unit, partition: 2, error: 'x', tenant: 'body-1', sinceMs: noon, limit: 5 }
    expect(selectionText(selection)).toBe(
      'partition 2, error x, tenant body-1, since 2026-01-15T12:00:00.000Z, at most 5',
    )
  })
})
