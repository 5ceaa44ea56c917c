import type { JsonSchema } from '#apps/platform/api-docs/api'
import { table } from '#apps/platform/api-docs/document-page'
import { type Content, html } from '#apps/platform/html'

type Schemas = Readonly<Record<string, JsonSchema>>

/** Where a schema that has a name is shown on the page. */
export const anchorOf = (name: string): string => `schema-${name}`

const nameIn = ({ $ref }: JsonSchema): string | undefined =>
  typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined

/** What a value of the schema is, in a word or two; a link where the schema has a name. */
export function typeOf(schema: JsonSchema): Content {
  const name = nameIn(schema)
  if (name !== undefined) return html`<a href="#${anchorOf(name)}">${name}</a>`
  const { format, items, enum: choices } = schema
  if ('const' in schema) return html`<code>${JSON.stringify(schema['const'])}</code>`
  if (Array.isArray(choices)) return choices.map(String).join(', ')
  const type = [schema['type']].flat().filter((one) => one !== undefined)
  if (type.includes('array')) return html`list of ${typeOf((items ?? {}) as JsonSchema)}`
  return `${type.length === 0 ? 'any' : type.join(' or ')}${format === undefined ? '' : ` (${String(format)})`}`
}

/** What a value must be besides its type. */
export function limitsOf(schema: JsonSchema): string {
  const { pattern, minimum, exclusiveMinimum, maximum, maxLength, maxItems, writeOnly } = schema
  const limits = [
    pattern !== undefined && `matches ${String(pattern)}`,
    minimum !== undefined && `at least ${String(minimum)}`,
    exclusiveMinimum !== undefined && `above ${String(exclusiveMinimum)}`,
    maximum !== undefined && `at most ${String(maximum)}`,
    maxLength !== undefined && `${String(maxLength)} characters at most`,
    maxItems !== undefined && `${String(maxItems)} items at most`,
    'default' in schema && `${JSON.stringify(schema['default'])} where absent`,
    writeOnly === true && 'never told again',
  ]
  return limits.filter(Boolean).join('; ')
}

/** What is said of a value: its description, and its limits. */
export const saidOf = (schema: JsonSchema): string =>
  [schema['title'], schema['description'], limitsOf(schema)].filter(Boolean).join(' · ')

/** The members of an object one to a row, those of objects within it too; a link or a word for anything else. */
export function schemaTable(caption: string, schema: JsonSchema): Content {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return html`<p>${typeOf(schema)} ${saidOf(schema)}</p>`
  return table(caption, ['Member', 'Type', 'Required', 'Meaning'], rows)
}

function rowsOf(schema: JsonSchema, at: string): readonly (readonly Content[])[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Schemas)
  const required = (schema['required'] ?? []) as readonly string[]
  return properties.flatMap(([name, member]) => {
    const path = `${at}${name}`
    const row = [
      html`<code>${path}</code>`,
      typeOf(member),
      required.includes(name) ? 'yes' : '',
      saidOf(member),
    ]
    const inside = (member['items'] ?? {}) as JsonSchema
    return [row, ...rowsOf(member, `${path}.`), ...rowsOf(inside, `${path}[].`)]
  })
}
