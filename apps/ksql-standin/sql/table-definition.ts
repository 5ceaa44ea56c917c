import { type KsqlError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import { rewriteCreate } from '#apps/ksql-standin/sql/rewrite-create'
import type { Column, SqlField } from '#apps/ksql-standin/sql/sql-type'
import type { ColumnDefinition, CreateTable } from '#apps/ksql-standin/sql/syntax'
import { type Formats, withCleanup, withFormats } from '#apps/ksql-standin/sql/table-properties'

/** What a CREATE SOURCE TABLE says, checked. */
export interface TableDefinition extends Formats {
  readonly name: string
  readonly topic: string
  /** Of the writer's schema, where the statement names one. */
  readonly valueSchemaName: string | null
  /** A column whose value is the row's time, and its format; null: the record's. */
  readonly timestamp: { readonly column: string; readonly format: string | null } | null
  /** `PARTITIONS` where the statement gives it: another number than the topic's is refused (500, 50000). */
  readonly partitions: number | null
  /** The key column first. Where `isInferred`, the others come from the registry: `withValueColumns`. */
  readonly columns: readonly Column[]
  readonly isInferred: boolean
  /** The statement as the server rewrites it. */
  readonly statement: string
}

const reserved: readonly string[] = [
  'ROWTIME',
  'ROWPARTITION',
  'ROWOFFSET',
  'WINDOWSTART',
  'WINDOWEND',
]
const keyTypes: readonly string[] = ['STRING', 'INTEGER', 'BIGINT', 'DOUBLE']

type Complete = CreateTable & Formats

/** Throws KsqlError where ksqlDB refuses the statement by itself, whatever the cluster holds. */
export function tableDefinition(create: CreateTable): TableDefinition {
  const complete = withFormats(create)
  const hasValues = create.columns.some(({ constraint }) => constraint === null)
  const isInferred = complete.valueFormat === 'AVRO' && !hasValues
  return isInferred ? inferred(complete) : definition(withCleanup(complete))
}

/** Before the registry was asked the server has not yet added its last default. */
const inferred = (complete: Complete): TableDefinition => ({
  ...definition(withCleanup(complete)),
  isInferred: true,
  statement: rewriteCreate(complete),
})

/** The definition with what the registry says of the value; throws KsqlError as `tableDefinition` does. */
export function withValueColumns(
  create: CreateTable,
  values: readonly SqlField[],
): TableDefinition {
  const added = values.map((field): ColumnDefinition => ({ ...field, constraint: null }))
  const complete = { ...withFormats(create), columns: [...create.columns, ...added] }
  return definition(withCleanup(complete))
}

function definition(create: Complete): TableDefinition {
  const statement = rewriteCreate(create)
  const refuse = (message: string) => statementError(message, statement)
  if (!create.isSource) throw refuse('only source tables are answered here')
  if (create.isOrReplace) throw refuse('a source table cannot be replaced')
  const partitions = create.properties.get('PARTITIONS')
  return {
    name: create.name,
    topic: create.properties.get('KAFKA_TOPIC')!.value,
    keyFormat: create.keyFormat,
    valueFormat: create.valueFormat,
    valueSchemaName: schemaName(create),
    columns: columnsOf(create, refuse),
    timestamp: timestampOf(create, refuse),
    partitions: partitions ? Number(partitions.value) : null,
    isInferred: false,
    statement,
  }
}

const schemaName = ({ properties }: Complete): string | null =>
  (properties.get('VALUE_SCHEMA_FULL_NAME') ?? properties.get('VALUE_AVRO_SCHEMA_FULL_NAME'))
    ?.value ?? null

function columnsOf(
  { columns }: Complete,
  refuse: (message: string) => KsqlError,
): readonly Column[] {
  if (columns.length === 0) throw refuse('no columns are defined')
  const names = columns.map(({ name }) => name)
  const forbidden = names.find((name) => reserved.includes(name))
  if (forbidden !== undefined) throw refuse(`${forbidden} is the server's own name`)
  if (new Set(names).size < names.length) throw refuse('a column is named twice')
  const keys = columns.filter(({ constraint }) => constraint === 'PRIMARY KEY')
  const key = keys[0]
  if (!key) throw refuse('a table has a column that is its PRIMARY KEY')
  if (keys.length > 1) throw refuse('keys of several columns are not answered here')
  if (!keyTypes.includes(key.type.kind)) throw refuse(`${key.type.kind} is no type of a key here`)
  const values = columns.filter((column) => column !== key)
  return [key, ...values].map(({ name, type }) => ({ name, type, isKey: name === key.name }))
}

function timestampOf(
  { columns, properties }: Complete,
  refuse: (message: string) => KsqlError,
): TableDefinition['timestamp'] {
  const name = properties.get('TIMESTAMP')?.value
  const format = properties.get('TIMESTAMP_FORMAT')?.value ?? null
  if (name === undefined) return null
  const [ticked] = /(?<=^`)[^`]+(?=`$)/.exec(name) ?? []
  const column = columns.find((one) => one.name === (ticked ?? name.toUpperCase()))
  if (!column) throw refuse(`TIMESTAMP names no column: ${name}`)
  const { kind } = column.type
  const isTime = format === null ? kind === 'BIGINT' || kind === 'TIMESTAMP' : kind === 'STRING'
  if (!isTime) throw refuse(`${column.name} cannot be the TIMESTAMP of a row`)
  return { column: column.name, format }
}
