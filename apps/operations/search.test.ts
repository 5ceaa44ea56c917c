import { describe, expect, it } from 'vitest'
import { type CurrentRow, isWanted, lookedAt, Search } from '#apps/operations/search'
import { searchForm } from '#apps/operations/search-form'
import type { InputRecord } from '#core/records'

const tenant = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a11'
const row = (id: string, more: Partial<CurrentRow> = {}) =>
  ({
    id,
    tenant_id: tenant,
    status: 'COMPLETE',
    created_at: '2026-01-15T10:00:00+01:00',
    payment_amount: 4_250,
    payment_notice_code: '301000000000000042',
    payment_iuv: '01000000000000042',
    payment_iud: id.padEnd(32, '0'),
    ...more,
  }) as CurrentRow
const record = (key: string, timestamp: number, partition = 0) =>
  ({ key, timestamp, partition }) as InputRecord

describe('a search for payments', () => {
  it.each([
    [{ number: '301000000000000042' }, true],
    [{ number: '01000000000000042' }, true],
    [{ number: '301000000000000043' }, false],
    [{ tenant, status: 'COMPLETE' }, true],
    [{ tenant, status: 'EXPIRED' }, false],
    [{ tenant: 'another' }, false],
    [
      { sinceMs: Date.parse('2026-01-15T09:00:00Z'), untilMs: Date.parse('2026-01-15T09:00:00Z') },
      true,
    ],
    [{ sinceMs: Date.parse('2026-01-15T09:00:01Z') }, false],
    [{ untilMs: Date.parse('2026-01-15T08:59:59Z') }, false],
  ])('by %j finds it: %s', (query, isFound) => {
    expect(isWanted(query, row('a'))).toBe(isFound)
  })

  it('finds a payment by what it is, not by what it was, also where that was read later', () => {
    const query = { status: 'PAYMENT_PENDING' }
    const search = new Search()
    const was = row('a', { status: 'PAYMENT_PENDING' })
    search.add([lookedAt(query, record('a', 8), was), lookedAt(query, record('a', 9), row('a'))])
    search.add([
      lookedAt(query, record('a', 2), was),
      lookedAt(query, record('b', 3), row('b', { status: 'PAYMENT_PENDING' })),
    ])
    const found = search.answer(true, 10)
    expect(found.payments.map(({ id }) => id)).toEqual(['b'])
    expect(found).toMatchObject({ rows: 4, isWhole: true })
  })

  it('says since when it has looked, and that there is more than it shows', () => {
    const search = new Search()
    search.add([
      lookedAt({}, record('a', 5), row('a')),
      lookedAt({}, record('b', 7, 1), row('b')),
      lookedAt({}, record('c', 9), row('c')),
    ])
    expect(search.answer(false, 10)).toMatchObject({ isWhole: false, sinceMs: 7 })
    const short = search.answer(true, 2)
    expect([short.payments.map(({ id }) => id), short.isWhole]).toEqual([['c', 'b'], false])
  })

  it('passes over a row that was removed or cannot be read', () => {
    const search = new Search()
    search.add([lookedAt({}, record('a', 5), row('a')), lookedAt({}, record('a', 6), undefined)])
    expect(search.answer(true, 10).payments).toEqual([])
  })
})

describe('the form of a search', () => {
  it('takes each state a payment may have, those too that only other writers give', () => {
    for (const status of ['COMPLETE', 'PAYMENT_FAILED', 'PAYMENT_CONFIRMED']) {
      expect(searchForm({ status })?.query.status).toBe(status)
    }
  })

  it('leads to a timeline by an id, and else to what is filled in', () => {
    expect(searchForm({ id: '', status: '' })).toBeUndefined()
    expect(searchForm({ id: ` ${tenant.toUpperCase()} ` })?.id).toBe(tenant)
    expect(searchForm({ id: '301000000000000042', since: '2026-01-15T10:00' })).toMatchObject({
      id: undefined,
      query: { number: '301000000000000042', sinceMs: Date.parse('2026-01-15T10:00:00Z') },
    })
  })

  it.each([
    { id: 'a b' },
    { id: 'x'.repeat(40) },
    { tenant: 'x' },
    { status: 'PAID' },
    { since: 'yesterday' },
    { until: '2026-13-45T00:00' },
  ])('is refused as %j', (fields) => {
    expect(() => searchForm(fields)).toThrow()
  })
})
