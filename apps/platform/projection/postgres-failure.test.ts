import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { isWithoutTables, postgresFailure } from '#apps/platform/projection/postgres-failure'
import { RowsRefusedError, StoreAwayError } from '#ports/projection-store'

const failure = (code: string, more: Partial<pg.DatabaseError> = {}) =>
  Object.assign(new pg.DatabaseError('value "secret" of a person', 10, 'error'), { code, ...more })

describe('a failure of Postgres', () => {
  it.each(['22003', '22P02', '23505', '23502'])('%s is of a row, and repeats no value', (code) => {
    const refused = postgresFailure(failure(code, { table: 'lines', constraint: 'lines_pkey' }))
    expect(refused).toBeInstanceOf(RowsRefusedError)
    expect(refused.message).toBe(
      `Postgres refuses a row (${code}, table lines, constraint lines_pkey)`,
    )
  })

  it.each(['57P01', '57P03', '53100', '53300', '40P01', '55P03', '42P01', '28P01', '3D000'])(
    '%s passes, or is mended outside',
    (code) => {
      expect(postgresFailure(failure(code))).toBeInstanceOf(StoreAwayError)
    },
  )

  it.each([
    [new Error('Connection terminated unexpectedly'), 'Connection terminated unexpectedly'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ])('%s is one of the connection', (error, reason) => {
    expect(postgresFailure(error)).toEqual(
      new StoreAwayError(`Postgres cannot be asked: ${reason}`),
    )
  })

  it.each([
    ['42P01', true],
    ['3F000', true],
    ['42703', false],
  ])('%s says whether the tables are gone: %s', (code, isGone) => {
    expect(isWithoutTables(failure(code))).toBe(isGone)
  })
})
