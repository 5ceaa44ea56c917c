import { describe, expect, it } from 'vitest'
import { projectedTable } from '#apps/platform/projection/projected-table'
import { anomaly, input } from '#core/example-unit'
import type { PaymentAnomaly } from '#schemas/generated/types'

const told = (payment_id: string, amount: number, offset = 0) => ({
  offset,
  value: { ...anomaly(), payment_id, amount },
})
const source = {
  name: 'told',
  from: input,
  rows: (one: PaymentAnomaly) => (one.amount === 0 ? [] : [one]),
}
const columns = { amount: 'bigint', payment_id: 'text' } as const

describe('a table that is filled from a topic', () => {
  it('has the cells of all rows column by column, in the order of the columns', () => {
    const table = projectedTable(source, columns)
    expect(table.columns).toMatchObject([
      { name: 'amount', kind: 'bigint' },
      { name: 'payment_id', kind: 'text' },
    ])
    expect(table.cellsOf([told('a', 1), told('b', 0), told('a', 2)])).toEqual([
      [1, 2],
      ['a', 'a'],
    ])
  })

  it('shows what a column says in the place of the member of its name', () => {
    const table = projectedTable(source, {
      amount: { kind: 'text', of: ({ amount }) => `${amount} cents` },
    })
    expect(table.cellsOf([told('a', 7)])).toEqual([['7 cents']])
  })

  it('may show where the record lies, of each row that it has', () => {
    const two = { ...source, rows: (one: PaymentAnomaly) => [one, one] }
    const at = { kind: 'bigint', of: (_: PaymentAnomaly, offset: number) => offset } as const
    const records = [told('a', 1, 7), told('a', 2, 9)]
    expect(projectedTable(two, { at }).cellsOf(records)).toEqual([[7, 7, 9, 9]])
    const latest = { ...two, latestBy: 'payment_id' }
    expect(projectedTable(latest, { payment_id: 'text', at }).cellsOf(records)).toEqual([
      ['a'],
      [9],
    ])
  })

  it('has of each thing its last row only, where the latest is wanted', () => {
    const table = projectedTable({ ...source, latestBy: 'payment_id' }, columns)
    expect(table.cellsOf([told('a', 1), told('b', 2), told('a', 3)])).toEqual([
      [3, 2],
      ['a', 'b'],
    ])
  })

  it('is refused by the compiler where its rows have no such member, or another kind of it', () => {
    // @ts-expect-error no member of that name
    projectedTable(source, { total: 'bigint' })
    // @ts-expect-error a text
    projectedTable(source, { payment_id: 'bigint' })
  })
})
