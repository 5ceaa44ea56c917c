import pg from 'pg'
import { RowsRefusedError, StoreAwayError } from '#ports/projection-store'

/** Classes of SQLSTATE that speak of the rows: a value out of its range, a constraint. */
const classesOfRows = ['22', '23']

/** What a failure of Postgres means to a projection; words of its own, since Postgres' repeat values. */
export function postgresFailure(error: unknown): RowsRefusedError | StoreAwayError {
  if (error instanceof RowsRefusedError || error instanceof StoreAwayError) return error
  const { message, code } = error as Error & { readonly code?: string }
  if (!(error instanceof pg.DatabaseError)) {
    // Where a name has several addresses and none answers, the error has a code and no message.
    return new StoreAwayError(
      `Postgres cannot be asked: ${message || code || 'no reason is given'}`,
    )
  }
  if (!classesOfRows.includes(code?.slice(0, 2) ?? '')) {
    return new StoreAwayError(`Postgres says: ${message} (${code})`)
  }
  const { table, column, constraint } = error
  const named = Object.entries({ table, column, constraint }).flatMap(([what, name]) =>
    name === undefined ? [] : [`${what} ${name}`],
  )
  return new RowsRefusedError(`Postgres refuses a row (${[code, ...named].join(', ')})`)
}

/** Whether what the rows lie in is gone: it is made again before anything else is tried. */
export const isWithoutTables = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['42P01', '3F000'].includes(error.code ?? '')
