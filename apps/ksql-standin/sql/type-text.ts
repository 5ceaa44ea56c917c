import { quoted, written } from '#apps/ksql-standin/sql/identifier'
import type { Column, SqlType } from '#apps/ksql-standin/sql/sql-type'

const textOf = (type: SqlType, nameText: (name: string) => string): string => {
  switch (type.kind) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'ARRAY':
      return `ARRAY<${textOf(type.item, nameText)}>`
    case 'MAP':
      return `MAP<${textOf(type.key, nameText)}, ${textOf(type.value, nameText)}>`
    case 'STRUCT': {
      const members = type.fields.map(
        ({ name, type: of }) => `${nameText(name)} ${textOf(of, nameText)}`,
      )
      return `STRUCT<${members.join(', ')}>`
    }
    case 'BOOLEAN':
    case 'INTEGER':
    case 'BIGINT':
    case 'DOUBLE':
    case 'STRING':
    case 'BYTES':
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      return type.kind
  }
}

/** A type as answers name it: every member in back-ticks. */
export const typeText = (type: SqlType): string => textOf(type, quoted)

/** A type as rewritten statements name it: back-ticks only where they are needed. */
export const writtenType = (type: SqlType): string => textOf(type, written)

/** The `schema` of a v1 header. */
export const schemaText = (columns: readonly Column[]): string =>
  columns
    .map(({ name, type, isKey }) => `${quoted(name)} ${typeText(type)}${isKey ? ' KEY' : ''}`)
    .join(', ')
