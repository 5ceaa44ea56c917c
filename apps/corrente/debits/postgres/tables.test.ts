import { describe, expect, it } from 'vitest'
import {
  accountsTable,
  decisionsTable,
  entriesTable,
  linesTable,
  postingsTable,
} from '#apps/corrente/debits/postgres/tables'
import type { DebitDecided } from '#schemas/generated/types'
import { day, decidedOf } from '#streams/debits/verification/day-samples'

const { value: told, offset } = decidedOf('d3')
const of = ({ request_id }: { readonly request_id: string }) => request_id === 'd3'
const entry = day.entries.find(({ value }) => of(value))!.value
const line = day.lines.find(({ value }) => of(value))!.value
/** A row by the names of its columns. */
const named = (columns: readonly string[], row: readonly (string | null)[] | undefined) =>
  Object.fromEntries(columns.map((name, at) => [name, row?.[at]]))

describe('a record that was projected', () => {
  it('is a row for each decision, and a cell for each of its members', () => {
    const [row, ...more] = decisionsTable.rowsOf(told, offset)
    expect(more).toEqual([])
    expect(row).toHaveLength(decisionsTable.columns.length)
    expect(named(decisionsTable.columns, row)).toMatchObject({
      origin_partition: '0',
      origin_offset: '14',
      decision_offset: String(offset),
      request_id: 'd3',
      reason: 'partially-approved',
      amount: '679',
      posted_before: '745',
      held_before: '66',
      posted_after: '66',
      held_after: '66',
      hold_id: null,
      decided_at: '1768467600000000',
    })
  })

  it('is no row where it is told again', () => {
    const again: DebitDecided = { ...told, is_repeat: true }
    expect(decisionsTable.rowsOf(again, offset)).toEqual([])
    expect(accountsTable.rowsOf(again, offset)).toEqual([])
  })

  it('says what lies on the account, unless it was refused', () => {
    const [row] = accountsTable.rowsOf(told, offset)
    const { columns } = accountsTable
    expect(row).toHaveLength(columns.length)
    expect(named(columns, row)).toMatchObject({ account_id: 'token-1', posted: '66', held: '66' })
    expect(accountsTable.rowsOf(decidedOf('d2').value, offset)).toEqual([])
  })

  it('is an entry, its sides and a line', () => {
    expect(entriesTable.rowsOf(entry, offset)).toEqual([
      ['0', '14', 'token-1', 'd3', 'EUR', '1768467600000000'],
    ])
    expect(postingsTable.rowsOf(entry, offset)).toEqual([
      ['0', '14', '0', '1.0.0.0.01', 'Credit', '679', 'EUR'],
      ['0', '14', '1', '2.0.0.0.01', 'Debit', '679', 'EUR'],
    ])
    const [row] = linesTable.rowsOf({ ...line, text: 'a\0b' }, offset)
    expect(row).toHaveLength(linesTable.columns.length)
    expect(named(linesTable.columns, row)).toMatchObject({
      sequence: '6',
      amount: '-679',
      balance: '66',
      text: 'a\ufffdb',
    })
  })
})

it('asks for moments to the microsecond, and for texts in the order of their bytes', () => {
  expect(entriesTable.selected).toContain('(extract(epoch from booked_at) * 1000000)::bigint')
  expect(accountsTable.orderBy).toBe('origin_partition, account_id collate "C"')
  expect(decisionsTable.orderBy).toBe('origin_partition, origin_offset, decision_offset')
})
