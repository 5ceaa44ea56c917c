import type { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { Expression } from '#apps/ksql-standin/sql/syntax'

/** A value in the query for Postgres; of `NULL` alone no type is known. */
export interface Value {
  readonly sql: string
  readonly type: SqlType | null
}

/** Of which a type is known. */
export interface TypedValue extends Value {
  readonly type: SqlType
}

/** What an expression is compiled in. */
export interface Scope {
  readonly source: Source
  /** The names that may stand before a column's. */
  readonly qualifiers: readonly string[]
  readonly parameters: Parameters
  refuse(message: string): KsqlError
  /** Any expression within another. */
  value(of: Expression): Value
  /** The same where NULL has no meaning. */
  typed(of: Expression): TypedValue
}

/** Postgres takes no more in one query. */
const parametersMax = 65_000

/** The values of a query: none ever stands in its text. All are text, which the query casts. */
export class Parameters {
  readonly values: string[] = []

  /** The expression that stands for it. */
  text(value: string): string {
    this.values.push(value)
    return `$${this.values.length}::text`
  }

  get areTooMany(): boolean {
    return this.values.length > parametersMax
  }
}

export const isNumeric = ({ kind }: SqlType): boolean =>
  kind === 'INTEGER' || kind === 'BIGINT' || kind === 'DECIMAL' || kind === 'DOUBLE'

export const isTemporal = ({ kind }: SqlType): boolean =>
  kind === 'DATE' || kind === 'TIME' || kind === 'TIMESTAMP'

/** Whether it lies in Postgres as jsonb. */
export const isNested = ({ kind }: SqlType): boolean =>
  kind === 'ARRAY' || kind === 'MAP' || kind === 'STRUCT'
