import { describe, expect, it } from 'vitest'
import {
  type Cells,
  type ComparedTable,
  RowComparison,
} from '#apps/corrente/debits/postgres/row-comparison'
import { Violations } from '#streams/debits/verification/violations'

const table: ComparedTable = {
  name: 'debits.decisions',
  key: ['number', 'number'],
  columns: ['origin_partition', 'origin_offset', 'account_id', 'amount', 'card_display'],
}
const row = (offset: number, amount = '30', display: string | null = null): Cells => [
  '0',
  String(offset),
  'token-1',
  amount,
  display,
]

/** What is wrong where these rows should be there, and those are. */
async function compared(wanted: readonly Cells[], found: readonly Cells[]) {
  const violations = new Violations()
  const rows = [...found]
  const comparison = new RowComparison({ table, next: async () => rows.shift(), violations })
  for (const one of wanted) await comparison.expect(one)
  await comparison.end()
  const told = violations.list().flatMap(({ first }) => first)
  return told.map(({ kind, at, what }) => [kind, at, what])
}

describe('rows of Postgres', () => {
  it('are the rows that should be there, in the order of numbers and not of texts', async () => {
    const rows = [row(9), row(10), row(100, '5', '999988******0001')]
    expect(await compared(rows, rows)).toEqual([])
  })

  it('show what is not as its record says, and nothing about a person', async () => {
    const found = [row(9, '31'), row(10, '30', '999988******0002')]
    expect(await compared([row(9), row(10)], found)).toEqual([
      ['wrong-in-postgres', 'debits.decisions 0:9', 'amount 31 for 30'],
      ['wrong-in-postgres', 'debits.decisions 0:10', 'card_display'],
    ])
  })

  it('show what is missing, and what is of no record', async () => {
    const missing = (offset: number) => ['missing-in-postgres', `debits.decisions 0:${offset}`, '']
    const unasked = (offset: number) => ['unasked-in-postgres', `debits.decisions 0:${offset}`, '']
    const [first, second, third] = [row(1), row(2), row(3)]
    expect(await compared([first, second, third], [first, third])).toEqual([missing(2)])
    expect(await compared([first, second], [first])).toEqual([missing(2)])
    expect(await compared([first, third], [first, second, third])).toEqual([unasked(2)])
    expect(await compared([], [first, second])).toEqual([unasked(1), unasked(2)])
    // One that was moved to another place is both.
    const moved = await compared([first, second], [second, row(7)])
    expect(moved).toEqual([missing(1), unasked(7)])
  })

  it('may be of records that come out of order', async () => {
    const [early, late, last] = [row(1), row(5), row(9)]
    const found = [early, row(3), late, row(7), last]
    expect(await compared([early, late, row(3), last, row(7)], found)).toEqual([])
    const altered = [early, row(3, '31'), late, row(7), last]
    expect(await compared([early, late, row(3), last, row(7)], altered)).toEqual([
      ['wrong-in-postgres', 'debits.decisions 0:3', 'amount 31 for 30'],
    ])
  })
})

it('orders texts as their bytes are', async () => {
  const violations = new Violations()
  const byText: ComparedTable = { ...table, key: ['number', 'text'], columns: ['p', 'account_id'] }
  const sorted = [
    ['0', 'ab'],
    ['0', 'b'],
    ['0', 'z'],
    ['0', 'é'],
  ]
  const left = [...sorted]
  const comparison = new RowComparison({
    table: byText,
    next: async () => left.shift(),
    violations,
  })
  for (const one of sorted) await comparison.expect(one)
  await comparison.end()
  expect(comparison.count).toBe(4)
  expect(violations.count).toBe(0)
})
