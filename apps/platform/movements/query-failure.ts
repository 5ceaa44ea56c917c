import pg from 'pg'
import type { QueryFile } from '#apps/platform/movements/query-file'
import { RejectedError, TransientError } from '#core/errors'

/** What is wrong with a query, by SQLSTATE, where an operator is helped by more than the number. */
const mistakes: Readonly<Record<string, string>> = {
  '25006': 'it writes, and is run read only',
  '42501': 'the role has no right to read what it reads',
  '42601': 'a mistake of syntax, or more than one statement',
  '42703': 'there is no such column',
  '42804': 'types that do not fit',
  '42883': 'there is no such function or operator',
  '42P01': 'there is no such table',
  '42P18': 'nothing says of which type a parameter is: write $3::jsonb',
}
/** Classes of SQLSTATE: what was not meant so by whoever wrote the query, or a function it calls. */
const classesOfMistakes = ['08P01', '0A', '21', '25', '2F', '38', '42', 'P0']
/** Of a value: of the batch, the filter, or a row. */
const classesOfValues = ['22', '23']
/** Of connections, passwords, databases, room and shutdowns: what Postgres says then is of no row. */
const classesOfServers = ['08', '28', '3D', '53', '57P']

/**
 * What a failure of Postgres means to whoever reads movements, in words of our own, since Postgres' repeat values. A
 * mistake in the query is told by line and column of its file. RejectedError: 'bad-query', 'bad-value'.
 */
export function queryFailure(error: unknown, query?: QueryFile): Error {
  if (error instanceof RejectedError || error instanceof TransientError) return error
  const { message, code = '' } = error as Error & { readonly code?: string }
  if (!(error instanceof pg.DatabaseError)) {
    // Where a name has several addresses and none answers, the error has a code and no message.
    const reason = message || code || 'no reason is given'
    return new TransientError(`the database of movements cannot be asked: ${reason}`)
  }
  const isOf = (classes: readonly string[]) => classes.some((one) => code.startsWith(one))
  if (isOf(classesOfMistakes)) {
    const what = mistakes[code] ?? 'Postgres does not run it'
    return new RejectedError('bad-query', `${placeOf(error, query)}: ${what} (${code})`)
  }
  if (isOf(classesOfValues)) {
    const what = 'a value of the batch, the filter or a row is none it can work with'
    return new RejectedError('bad-value', `${placeOf(error, query)}: ${what} (${code})`)
  }
  if (code === '57014') {
    return new TransientError(
      `Postgres gave ${query?.setting ?? 'a query'} up, as one that takes too long (${code})`,
    )
  }
  const said = isOf(classesOfServers) ? `: ${message}` : ''
  return new TransientError(`the database of movements fails${said} (${code})`)
}

function placeOf(error: pg.DatabaseError, query: QueryFile | undefined): string {
  if (query === undefined) return 'a query of movements'
  const { position, internalQuery } = error
  if (position === undefined || internalQuery !== undefined) return query.setting
  // Postgres counts characters, from 1.
  const before = [...query.text].slice(0, Number(position) - 1)
  const line = before.filter((sign) => sign === '\n').length + 1
  const column = before.length - before.lastIndexOf('\n')
  return `${query.setting}, line ${line}, column ${column}`
}
