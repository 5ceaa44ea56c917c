import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { queryFailure } from '#apps/platform/movements/query-failure'
import { RejectedError, TransientError } from '#core/errors'

const query = {
  setting: 'QUERY_FILE',
  text: `select 1 as "😀",\n  amout\nfrom x`,
  takesFilter: false,
}
const said = (code: string, more: Partial<pg.DatabaseError> = {}) =>
  Object.assign(new pg.DatabaseError('of Lucía Peña', 1, 'error'), { code, ...more })

describe('a failure of Postgres, to whoever reads movements,', () => {
  it.each([
    ['a mistake in the query', '42703', 'bad-query', 'there is no such column (42703)'],
    ['a right that is missing', '42501', 'bad-query', 'no right to read what it reads (42501)'],
    ['a query that writes', '25006', 'bad-query', 'it writes, and is run read only (25006)'],
    ['what a function raises', 'P0001', 'bad-query', 'Postgres does not run it (P0001)'],
    ['parameters that do not fit', '08P01', 'bad-query', 'Postgres does not run it (08P01)'],
    ['a value', '22P02', 'bad-value', 'none it can work with (22P02)'],
  ])('is for %s never mended by trying, and told in words of ours', (_, code, kind, sentence) => {
    const failure = queryFailure(said(code), query)
    expect(failure).toBeInstanceOf(RejectedError)
    expect(failure).toMatchObject({ code: kind })
    expect(failure.message).toMatch(/^QUERY_FILE: /)
    expect(failure.message).toContain(sentence)
    expect(failure.message).not.toContain('Lucía')
  })

  it('names the place in the file, which Postgres counts by characters', () => {
    const failure = queryFailure(said('42703', { position: '20' }), query)
    expect(failure.message).toBe('QUERY_FILE, line 2, column 3: there is no such column (42703)')
  })

  it('names no place where it is within a function', () => {
    const inside = { position: '20', internalQuery: 'select of Lucía Peña' }
    expect(queryFailure(said('42703', inside), query).message).toMatch(/^QUERY_FILE: there is/)
  })

  it.each([
    ['a full disk', '53100', 'the database of movements fails: of Lucía Peña (53100)'],
    ['a wrong password', '28P01', 'the database of movements fails: of Lucía Peña (28P01)'],
    ['a shutdown', '57P01', 'the database of movements fails: of Lucía Peña (57P01)'],
    ['a fault inside of it', 'XX000', 'the database of movements fails (XX000)'],
    ['a conflict on a standby', '40001', 'the database of movements fails (40001)'],
    ['its time', '57014', 'Postgres gave QUERY_FILE up, as one that takes too long (57014)'],
  ])('is for %s tried again', (_, code, message) => {
    expect(queryFailure(said(code), query)).toEqual(new TransientError(message))
  })

  it('is tried again where there is no answer, and says what there is to say', () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:1')
    expect(queryFailure(refused).message).toBe(
      'the database of movements cannot be asked: connect ECONNREFUSED 127.0.0.1:1',
    )
    const nobody = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })
    expect(queryFailure(nobody).message).toMatch(/: ECONNREFUSED$/)
  })

  it('that has its meaning already keeps it', () => {
    const known = new RejectedError('no-batch', 'there is no such batch')
    expect(queryFailure(known, query)).toBe(known)
  })
})
