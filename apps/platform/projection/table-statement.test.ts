import { describe, expect, it } from 'vitest'
import { keptText, tableStatement } from '#apps/platform/projection/table-statement'

const columns = [
  { name: 'id', kind: 'text' },
  { name: 'amount', kind: 'bigint' },
  { name: 'at', kind: 'instant' },
] as const

describe('the statement that writes a table', () => {
  it('takes one array for each column', () => {
    const statement = tableStatement('books', { name: 'lines', columns, latestBy: undefined })
    expect(statement).toEqual({
      name: 'write books.lines',
      text: [
        'insert into "books"."lines" ("id", "amount", "at")',
        `select c0, c1, timestamptz 'epoch' + c2 * interval '1 millisecond'`,
        'from unnest($1::text[], $2::bigint[], $3::bigint[]) as r (c0, c1, c2)',
      ].join('\n'),
    })
  })

  it('changes the row that is there where only the latest is kept', () => {
    const { text } = tableStatement('books', { name: 'lines', columns, latestBy: 'id' })
    expect(text.split('\n').at(-1)).toBe(
      'on conflict ("id") do update set "amount" = excluded."amount", "at" = excluded."at"',
    )
  })
})

it.each([
  ['a text', 'a text'],
  ['a\0b\0', 'a\ufffdb\ufffd'],
  [null, null],
])('keeps %j as %j', (cell, kept) => {
  expect(keptText(cell)).toBe(kept)
})
