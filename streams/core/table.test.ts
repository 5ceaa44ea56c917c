import { describe, expect, it } from 'vitest'
import { tenants } from '#core/example-unit'
import { Rows } from '#core/table'

const row = (id: string, connector: string, version = '0:1') => ({
  value: { id, connector },
  version,
  story: {},
})
const rowsOf = (...given: ReturnType<typeof row>[]) => {
  const rows = new Rows(tenants)
  for (const one of given) rows.set(one.value.id, one)
  return rows
}
const idsOf = (rows: Rows, connector: string) =>
  rows.where('connector', connector).map(({ value }) => value['id'])

describe('the rows of a table', () => {
  it('are found by key and by index', () => {
    const rows = rowsOf(row('a', 'x'), row('b', 'x'), row('c', 'y'))
    expect(rows.get('b')).toEqual(row('b', 'x'))
    expect(idsOf(rows, 'x')).toEqual(['a', 'b'])
    expect(idsOf(rows, 'z')).toEqual([])
  })

  it('move under the index when they change, and leave it when they go', () => {
    const rows = rowsOf(row('a', 'x'), row('b', 'x'))
    rows.set('a', row('a', 'y', '0:2'))
    expect([idsOf(rows, 'x'), idsOf(rows, 'y')]).toEqual([['b'], ['a']])
    rows.set('b', undefined)
    expect([idsOf(rows, 'x'), rows.get('b')]).toEqual([[], undefined])
    expect(rows.where('connector', 'y')).toEqual([row('a', 'y', '0:2')])
  })

  it('refuse an index the topic does not declare', () => {
    expect(() => rowsOf().where('tenant_id', 'x')).toThrow('tenants declares no index tenant_id')
  })
})
