import type { JsonSchema } from '#apps/platform/api-docs/api'
import { table } from '#apps/platform/api-docs/document-page'
import { type Content, html } from '#apps/platform/html'

/** Where a schema that has a name is shown on the page. */
export const anchorOf = (name: string): string => `schema-${name}`

/** What a value of the schema is, in a word or two; a link where the schema has a name. */
export function typeOf(schema: JsonSchema): Content {
  const { $ref, const: only, enum: choices, anyOf, items = {}, format } = schema
  const name = $ref?.split('/').at(-1)
  if (name !== undefined) return html`<a href="#${anchorOf(name)}">${name}</a>`
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`
  if (choices) return choices.map(String).join(', ')
  if (anyOf) return anyOf.map((one, at) => html`${at > 0 && ' or '}${typeOf(one)}`)
  const types = [schema.type ?? 'any'].flat()
  if (types.includes('array')) return html`list of ${typeOf(items)}`
  return `${types.join(' or ')}${format === undefined ? '' : ` (${format})`}`
}

/** What a value must be besides its type. */
function limitsOf(schema: JsonSchema): string {
  const { pattern, minimum, exclusiveMinimum, maximum, maxLength, maxItems, writeOnly } = schema
  const limits = [
    pattern !== undefined && `matches ${pattern}`,
    minimum !== undefined && `at least ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && `at most ${maximum}`,
    maxLength !== undefined && `${maxLength} characters at most`,
    maxItems !== undefined && `${maxItems} items at most`,
    'default' in schema && `${JSON.stringify(schema.default)} where absent`,
    writeOnly === true && 'never told again',
  ]
  return limits.filter(Boolean).join('; ')
}

/** What is said of a value: its description, and its limits. */
export const saidOf = (schema: JsonSchema): string =>
  [schema.title, schema.description, limitsOf(schema)].filter(Boolean).join(' · ')

/** The members of an object one to a row, those of objects within it too; a link or a word for anything else. */
export function schemaTable(caption: string, schema: JsonSchema): Content {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return html`<p>${typeOf(schema)} ${saidOf(schema)}</p>`
  return table(caption, ['Member', 'Type', 'Required', 'Meaning'], rows)
}

function rowsOf(schema: JsonSchema, at: string): readonly (readonly Content[])[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([name, member]) => {
    const path = `${at}${name}`
    const row = [
      html`<code>${path}</code>`,
      typeOf(member),
      required.includes(name) ? 'yes' : '',
      saidOf(member),
    ]
    return [row, ...rowsOf(member, `${path}.`), ...rowsOf(member.items ?? {}, `${path}[].`)]
  })
}
