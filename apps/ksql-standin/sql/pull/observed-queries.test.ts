import { describe, expect, it } from 'vitest'
import {
  type ObservedQuery,
  observedQueries,
  observedSources,
  selectIn,
} from '#apps/ksql-standin/sql/example-sources'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { planPull } from '#apps/ksql-standin/sql/pull/plan-pull'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'
import { schemaText } from '#apps/ksql-standin/sql/type-text'

const plan = ({ sql, scan, areTyped = false }: ObservedQuery): PullPlan =>
  planPull(selectIn(sql), observedSources, {
    properties: scan === undefined ? {} : { 'ksql.query.pull.table.scan.enabled': scan },
    areTyped,
  })

const errorOf = (query: ObservedQuery) => {
  try {
    plan(query)
  } catch (error) {
    if (error instanceof KsqlError) return error
    throw error
  }
  throw new Error('taken')
}

/** The query, and what its request said of scans. */
const named = (queries: readonly ObservedQuery[]) =>
  queries.map(
    (query) =>
      [
        `${query.sql} ${query.scan === undefined ? '' : JSON.stringify(query.scan)}`,
        query,
      ] as const,
  )

const isRefused = ({ refused }: ObservedQuery) => refused !== undefined
const isWrong = ({ isWrongThere }: ObservedQuery) => isWrongThere === true
const answered = observedQueries.filter((query) => !isRefused(query) && !isWrong(query))

describe('a pull query that a real server answered', () => {
  it.each(named(answered))('has its columns: %s', (_, query) => {
    const { columns } = plan(query)
    const unmarked = columns.map((column) => ({ ...column, isKey: false }))
    const found = query.schema === undefined ? unmarked : columns
    expect(schemaText(found)).toBe(query.schema ?? query.columns)
  })
})

describe('a pull query that a real server refused', () => {
  it.each(named(observedQueries.filter(isRefused)))('is refused alike: %s', (_, query) => {
    const error = errorOf(query)
    expect(error.body).toMatchObject({
      '@type': 'statement_error',
      error_code: query.refused,
      statementText: query.sql,
      entities: [],
    })
    expect(error.status).toBe(400)
    // Some were only seen on /query-stream, where nothing shows when an error was found.
    if (query.isParseError !== undefined) expect(error.isParseError).toBe(query.isParseError)
  })
})

describe('a pull query that a real server answers wrongly', () => {
  it.each(named(observedQueries.filter(isWrong)))('is refused here: %s', (_, query) => {
    expect(errorOf(query)).toMatchObject({ code: 40001, statementText: query.sql })
  })
})
