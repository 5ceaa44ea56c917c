import { expect, it } from 'vitest'
import { type Violation, Violations } from '#streams/debits/verification/violations'

it('tells the first twenty of each kind, and how many there are', () => {
  const violations = new Violations()
  const one = (n: number): Violation => ({
    kind: 'wrong-row',
    at: `row ${n}`,
    account_id: null,
    what: 'held',
  })
  for (let n = 0; n < 1_000; n++) violations.note(one(n))
  violations.note({ ...one(0), kind: 'missing-row' })
  const [rows, missing] = violations.list()
  expect(rows).toMatchObject({ kind: 'wrong-row', count: 1_000 })
  expect(rows!.first).toEqual(Array.from({ length: 20 }, (_, n) => one(n)))
  expect(missing).toMatchObject({ kind: 'missing-row', count: 1 })
  expect(violations.count).toBe(1_001)
})
