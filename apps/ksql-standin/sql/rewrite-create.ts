import { written } from '#apps/ksql-standin/sql/identifier'
import type { CreateTable, PropertyValue } from '#apps/ksql-standin/sql/syntax'
import { writtenType } from '#apps/ksql-standin/sql/type-text'

const textInQuotes = (text: string) => `'${text.replaceAll("'", "''")}'`

const propertyText = ([name, { value, isText }]: readonly [string, PropertyValue]) =>
  `${name}=${isText ? textInQuotes(value) : value}`

/** The statement as the server rewrites it: upper case, one spelling of types, properties sorted by name. */
export function rewriteCreate(create: CreateTable): string {
  const columns = create.columns.map(
    ({ name, type, constraint }) =>
      `${written(name)} ${writtenType(type)}${constraint === null ? '' : ` ${constraint}`}`,
  )
  const properties = [...create.properties].sort(([a], [b]) => (a < b ? -1 : 1)).map(propertyText)
  return [
    'CREATE',
    ...(create.isOrReplace ? ['OR REPLACE'] : []),
    ...(create.isSource ? ['SOURCE'] : []),
    'TABLE',
    ...(create.isIfNotExists ? ['IF NOT EXISTS'] : []),
    written(create.name),
    ...(columns.length > 0 ? [`(${columns.join(', ')})`] : []),
    `WITH (${properties.join(', ')});`,
  ].join(' ')
}
