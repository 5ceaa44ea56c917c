import type { Column, SqlType } from '#apps/ksql-standin/sql/sql-type'

/** A type as the descriptions of tables spell it out. */
export function schemaEntity(type: SqlType): object {
  const { kind } = type
  const plain = { type: kind, fields: null, memberSchema: null }
  switch (kind) {
    case 'DECIMAL':
      return { ...plain, parameters: { precision: type.precision, scale: type.scale } }
    case 'ARRAY':
      return { ...plain, memberSchema: schemaEntity(type.item) }
    case 'MAP':
      return { ...plain, memberSchema: schemaEntity(type.value) }
    case 'STRUCT':
      return {
        ...plain,
        fields: type.fields.map(({ name, type: of }) => ({ name, schema: schemaEntity(of) })),
      }
    default:
      return plain
  }
}

export const fieldEntity = ({ name, type, isKey }: Column): object => ({
  name,
  schema: schemaEntity(type),
  ...(isKey ? { type: 'KEY' } : {}),
})
