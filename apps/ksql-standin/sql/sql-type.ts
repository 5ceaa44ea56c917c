/** A type of ksqlDB's SQL. */
export type SqlType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'DECIMAL'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'ARRAY'; readonly item: SqlType }
  | { readonly kind: 'MAP'; readonly key: SqlType; readonly value: SqlType }
  | { readonly kind: 'STRUCT'; readonly fields: readonly SqlField[] }

export type ScalarKind =
  'BOOLEAN' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'STRING' | 'BYTES' | 'DATE' | 'TIME' | 'TIMESTAMP'

/** A named value: a member of a struct, a column of an answer. */
export interface SqlField {
  readonly name: string
  readonly type: SqlType
}

export interface Column extends SqlField {
  readonly isKey: boolean
}
