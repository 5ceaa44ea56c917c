import { genericError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import { rewriteCreate } from '#apps/ksql-standin/sql/rewrite-create'
import type { CreateTable, PropertyValue } from '#apps/ksql-standin/sql/syntax'

/** What the real server knows; false: it is refused here. */
const known: ReadonlyMap<string, boolean> = new Map([
  ['KAFKA_TOPIC', true],
  ['FORMAT', true],
  ['KEY_FORMAT', true],
  ['VALUE_FORMAT', true],
  ['VALUE_SCHEMA_FULL_NAME', true],
  ['VALUE_AVRO_SCHEMA_FULL_NAME', true],
  ['PARTITIONS', true],
  ['REPLICAS', true],
  ['RETENTION_MS', true],
  ['CLEANUP_POLICY', true],
  ['TIMESTAMP', true],
  ['TIMESTAMP_FORMAT', true],
  ['KEY_DELIMITER', false],
  ['VALUE_DELIMITER', false],
  ['KEY_SCHEMA_FULL_NAME', false],
  ['KEY_SCHEMA_ID', false],
  ['VALUE_SCHEMA_ID', false],
  ['WRAP_SINGLE_VALUE', false],
  ['WINDOW_TYPE', false],
  ['WINDOW_SIZE', false],
  ['SOURCED_BY_CONNECTOR', false],
])
const numbers: readonly string[] = ['PARTITIONS', 'REPLICAS', 'RETENTION_MS']
const realFormats: readonly string[] = [
  'AVRO',
  'JSON',
  'JSON_SR',
  'KAFKA',
  'DELIMITED',
  'PROTOBUF',
  'PROTOBUF_NOSR',
  'NONE',
]

const textOf = (create: CreateTable, name: string): string | undefined =>
  create.properties.get(name)?.value

function checkNames(create: CreateTable): void {
  const refuse = (message: string) => statementError(message, create.text)
  for (const [name, { isText, value }] of create.properties) {
    const isAnswered = known.get(name)
    if (isAnswered === undefined) throw refuse(`there is no property ${name}`)
    if (!isAnswered) throw refuse(`the property ${name} is not answered here`)
    const isWhole = /^\d+$/.test(value)
    if (numbers.includes(name) ? !isWhole : !isText) throw refuse(`${name} cannot be ${value}`)
  }
  if (!create.properties.has('KAFKA_TOPIC')) throw refuse('KAFKA_TOPIC is missing')
  const hasValueFormat = create.properties.has('FORMAT') || create.properties.has('VALUE_FORMAT')
  if (!hasValueFormat) throw refuse('VALUE_FORMAT is missing')
  const isTwice =
    create.properties.has('FORMAT') &&
    (create.properties.has('VALUE_FORMAT') || create.properties.has('KEY_FORMAT'))
  if (isTwice) throw refuse('FORMAT stands for KEY_FORMAT and VALUE_FORMAT: give it alone')
}

/** Of a statement whose formats are named. */
export interface Formats {
  readonly keyFormat: string
  readonly valueFormat: string
}

function formatsOf(create: CreateTable): Formats {
  const both = textOf(create, 'FORMAT')
  const keyFormat = (both ?? textOf(create, 'KEY_FORMAT') ?? 'KAFKA').toUpperCase()
  const valueFormat = (both ?? textOf(create, 'VALUE_FORMAT') ?? '').toUpperCase()
  const refuse = (message: string) => statementError(message, rewriteCreate(create))
  for (const format of [keyFormat, valueFormat]) {
    if (!realFormats.includes(format)) throw refuse(`there is no format ${format}`)
  }
  if (valueFormat === 'KAFKA') throw genericError('KAFKA is no format of a table’s values here')
  if (keyFormat !== 'KAFKA' && keyFormat !== 'JSON') {
    throw refuse(`keys in ${keyFormat} are not answered here`)
  }
  if (valueFormat !== 'AVRO' && valueFormat !== 'JSON') {
    throw refuse(`values in ${valueFormat} are not answered here`)
  }
  return { keyFormat, valueFormat }
}

const text = (value: string): PropertyValue => ({ value, isText: true })

/** The statement with the defaults of its properties, as far as the server adds them before it infers columns. */
export function withFormats(create: CreateTable): CreateTable & Formats {
  checkNames(create)
  const properties = new Map(create.properties)
  if (!properties.has('FORMAT') && !properties.has('KEY_FORMAT')) {
    properties.set('KEY_FORMAT', text('KAFKA'))
  }
  const complete = { ...create, properties }
  return { ...complete, ...formatsOf(complete) }
}

/** The statement with the last of its defaults. */
export function withCleanup<T extends CreateTable>(create: T): T {
  if (create.properties.has('CLEANUP_POLICY')) return create
  return {
    ...create,
    properties: new Map([...create.properties, ['CLEANUP_POLICY', text('compact')]]),
  }
}
