import { fieldsFromAvro } from '#apps/ksql-standin/load/avro-value'
import { fieldsFromJson, parseJson } from '#apps/ksql-standin/load/json-value'
import { keyText } from '#apps/ksql-standin/load/key-text'
import type { WriterSchemas } from '#apps/ksql-standin/load/writer-schemas'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { InputRecord } from '#core/records'

/** What a record does to its table; values as Postgres writes them, in the order of the columns. */
export type Change =
  | { readonly kind: 'upsert'; readonly key: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'delete'; readonly key: string }

/** Undefined for a record without a key, which no table holds. Throws UnstorableError. */
export function changeOf(
  { columns, keyFormat, valueFormat }: Source,
  record: InputRecord,
  schemas: WriterSchemas,
): Change | undefined {
  if (record.key === null) return undefined
  const [keyColumn, ...fields] = columns
  const key = keyText(keyColumn!.type, keyFormat, record.key)
  if (record.value === null) return { kind: 'delete', key }
  if (valueFormat === 'AVRO') {
    const values = fieldsFromAvro(fields, schemas.read(record.value))
    return { kind: 'upsert', key, values: [key, ...values] }
  }
  const json = parseJson(record.value)
  // JSON's null is no row either.
  if (json === null) return { kind: 'delete', key }
  return { kind: 'upsert', key, values: [key, ...fieldsFromJson(fields, json)] }
}
