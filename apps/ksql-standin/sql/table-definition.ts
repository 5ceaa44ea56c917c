import { statementError } from '#apps/ksql-standin/sql/ksql-error'
import type { Column } from '#apps/ksql-standin/sql/sql-type'
import type { CreateTable } from '#apps/ksql-standin/sql/syntax'

/** What a CREATE SOURCE TABLE says, checked. */
export interface TableDefinition {
  readonly name: string
  readonly topic: string
  readonly keyFormat: string
  readonly valueFormat: string
  /** Of the writer's schema, where the statement names one. */
  readonly valueSchemaName: string | null
  /** A column whose value is the row's time, and its format; null: the record's. */
  readonly timestamp: { readonly column: string; readonly format: string | null } | null
  /** `PARTITIONS` where the statement gives it: another number than the topic's is refused (500, 50000). */
  readonly partitions: number | null
  /** The key column first. Where `isInferred`, the others come from the registry: `withValueColumns`. */
  readonly columns: readonly Column[]
  readonly isInferred: boolean
  /** The statement as the server rewrites it, without inferred columns. */
  readonly statement: string
}

/** Throws KsqlError where ksqlDB refuses the statement by itself, whatever the cluster holds. */
export function tableDefinition(create: CreateTable): TableDefinition {
  throw statementError('not yet', create.text)
}

/** The definition with what the registry says of the value; throws KsqlError as `tableDefinition` does. */
export function withValueColumns(
  create: CreateTable,
  _values: readonly Omit<Column, 'isKey'>[],
): TableDefinition {
  throw statementError('not yet', create.text)
}
