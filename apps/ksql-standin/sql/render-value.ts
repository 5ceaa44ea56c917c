import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

/**
 * A value as ksqlDB writes it in JSON. `stored` is Postgres' own text of it, which is what the driver must hand over
 * for every column (no parser of types: a BIGINT or a DECIMAL never becomes a JavaScript number).
 */
export function renderValue(_type: SqlType, _stored: string | null): string {
  throw new Error('not yet')
}
