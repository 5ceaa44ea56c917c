import { readFileSync } from 'node:fs'
import { postgresName } from '#apps/ksql-standin/sql/identifier'
import { parseStatements } from '#apps/ksql-standin/sql/parse/parse-statements'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { CreateTable, Select } from '#apps/ksql-standin/sql/syntax'
import { tableDefinition } from '#apps/ksql-standin/sql/table-definition'

/** What a real server was seen to answer to a CREATE. */
export interface ObservedCreate {
  readonly sql: string
  /** Its error code. */
  readonly refused?: number
  /** The `statementText` of the answer. */
  readonly rewritten?: string
}

/** What a real server was seen to answer to a pull query. */
export interface ObservedQuery {
  readonly sql: string
  readonly scan?: unknown
  readonly areTyped?: boolean
  readonly refused?: number
  readonly isParseError?: boolean
  /** With KEY where the answer said it. */
  readonly schema?: string
  /** Where the answer did not say which column is the key. */
  readonly columns?: string
  /** Rows came that the query did not ask for. */
  readonly isWrongThere?: boolean
}

const observed = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./observed-${name}.json`, import.meta.url), 'utf8'))

export const observedCreates = observed('creates') as readonly ObservedCreate[]
export const observedQueries = observed('queries') as readonly ObservedQuery[]

/** The one statement of a text. */
export const createIn = (sql: string): CreateTable => {
  const [statement] = parseStatements(sql, new Map())
  if (statement?.kind !== 'createTable') throw new Error(`no CREATE: ${sql}`)
  return statement
}

/** The one query of a text. */
export const selectIn = (sql: string): Select => {
  const [statement] = parseStatements(sql, null)
  if (statement?.kind !== 'select') throw new Error(`no query: ${sql}`)
  return statement
}

/** A source as the server makes one of a statement. */
export const sourceOf = (sql: string, partitions = 3): Source => {
  const { name, topic, keyFormat, valueFormat, columns, statement } = tableDefinition(createIn(sql))
  const relation = `tables.${postgresName(name)}`
  return { name, topic, keyFormat, valueFormat, columns, statement, partitions, relation }
}

/** Those that were seen to be created, by name. */
export const observedSources: ReadonlyMap<string, Source> = new Map(
  observedCreates
    .filter(({ refused }) => refused === undefined)
    .map(({ rewritten }) => sourceOf(rewritten!))
    .map((source) => [source.name, source]),
)
