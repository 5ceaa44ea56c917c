import { expect, it } from 'vitest'
import { RowsInBuckets } from '#tests/bench/debits/rows-in-buckets'
import { bucketKey, forgottenRange } from '#streams/debits/id-buckets'

const hourMs = 3_600_000
const windowMs = 72 * hourMs
const key = (atHour: number, id: string) => `${bucketKey(atHour * hourMs)}/${id}`

function filled() {
  const rows = new RowsInBuckets<string>()
  rows.set('a/account', 'an account')
  for (const hour of [0, 100, 1_000]) {
    rows.set(key(hour, 'one'), `one at ${hour}`)
    rows.set(key(hour, 'two'), `two at ${hour}`)
  }
  return rows
}

it('keeps rows by key', () => {
  const rows = filled()
  expect(rows.size).toBe(7)
  expect(rows.get('a/account')).toBe('an account')
  expect(rows.get(key(100, 'two'))).toBe('two at 100')
  expect(rows.get(key(500, 'two'))).toBeUndefined()
  rows.delete('a/account')
  rows.delete(key(100, 'two'))
  expect([rows.get('a/account'), rows.get(key(100, 'two'))]).toEqual([undefined, undefined])
})

it('finds the ids of the buckets that are to go, so many at most', () => {
  const rows = filled()
  const range = forgottenRange(500 * hourMs, windowMs)
  expect([...rows.range(range)].map(([, row]) => row)).toEqual([
    'one at 0',
    'two at 0',
    'one at 100',
    'two at 100',
  ])
  expect([...rows.range({ ...range, limit: 3 })]).toHaveLength(3)
  for (const [each] of [...rows.range(range)]) rows.delete(each)
  expect(rows.size).toBe(3)
})
