import type { Column, SqlType } from '#apps/ksql-standin/sql/sql-type'

/** A source table as it was created: a compacted topic that can be asked. */
export interface Source {
  readonly name: string
  readonly topic: string
  readonly keyFormat: string
  readonly valueFormat: string
  /** The key column first. */
  readonly columns: readonly Column[]
  /** The topic's partitions: a look-up by key asks the one its key hashes to. */
  readonly partitions: number
  /** The statement as the server rewrites it. */
  readonly statement: string
  /** The relation in Postgres that holds its rows, quoted as SQL wants it. */
  readonly relation: string
}

/**
 * How a source's rows lie in Postgres: `partition` (integer) and `rowtime` (bigint, milliseconds), then `c0`, `c1` …
 * for its columns in order; the primary key is `partition` and the key column. A record's key is unique in its
 * partition alone: where a foreign writer chose another one, a scan shows both.
 */
export const storedType = (type: SqlType): string => {
  switch (type.kind) {
    case 'BOOLEAN':
      return 'boolean'
    case 'INTEGER':
    // Days since 1970-01-01; milliseconds of the day.
    case 'DATE':
    case 'TIME':
      return 'integer'
    case 'BIGINT':
    // Milliseconds since 1970-01-01T00:00Z.
    case 'TIMESTAMP':
      return 'bigint'
    case 'DOUBLE':
      return 'double precision'
    case 'STRING':
      return 'text collate "C"'
    case 'BYTES':
      return 'bytea'
    case 'DECIMAL':
      return `numeric(${type.precision},${type.scale})`
    // Members as above; bytes in base64.
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return 'jsonb'
  }
}
