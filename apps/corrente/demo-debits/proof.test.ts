import { describe, expect, it } from 'vitest'
import { differenceOf, isNone } from '#apps/corrente/demo-debits/proof'

const told = {
  booked: 70,
  held: 5,
  lines: new Map([
    ['opening', 100],
    ['debit', -30],
  ]),
}
const opening = { id: 'opening', amount: 100 }
const debit = { id: 'debit', amount: -30 }
const shown = { booked: 70, held: 5, lines: [debit, opening] }
const none = { lost: [], double: [], other: [] }

describe('what is shown of an account', () => {
  it('is right where each answer is there once, and the balance', () => {
    expect(differenceOf(told, shown)).toEqual(none)
    expect(isNone(differenceOf(told, shown))).toBe(true)
  })

  it('has lost a request that was answered and is not there', () => {
    const found = differenceOf(told, { ...shown, booked: 100, lines: [opening] })
    expect(found).toEqual({ ...none, lost: ['debit'], other: ['booked 100 for 70'] })
    expect(isNone(found)).toBe(false)
  })

  it('has a request double that is there twice', () => {
    const found = differenceOf(told, { ...shown, booked: 40, lines: [debit, debit, opening] })
    expect(found).toEqual({ ...none, double: ['debit'], other: ['booked 40 for 70'] })
    expect(isNone(found)).toBe(false)
  })

  it('is wrong where a request is there with another amount', () => {
    const less = { id: 'debit', amount: -29 }
    const found = differenceOf(told, { ...shown, lines: [less, opening] })
    expect(found).toEqual({ ...none, other: ['debit is of -29, and was answered -30'] })
  })

  it('is wrong where another sum is held', () => {
    expect(differenceOf(told, { ...shown, held: 0 })).toEqual({ ...none, other: ['held 0 for 5'] })
  })

  it('may have what nobody was told of, where it was given back', () => {
    const late = [
      { id: 'tardy', amount: -9 },
      { id: 'late/1', amount: 9 },
    ]
    expect(differenceOf(told, { ...shown, lines: [...late, debit, opening] })).toEqual(none)
    const kept = differenceOf(told, { ...shown, booked: 61, lines: [late[0]!, debit, opening] })
    expect(kept).toEqual({ ...none, other: ['booked 61 for 70'] })
  })
})
