import type { JsonSchema } from '#apps/platform/api-docs/api'

type Schemas = Readonly<Record<string, JsonSchema>>

const byFormat: Readonly<Record<string, string>> = {
  uuid: '5f0c7a52-2a0d-4c55-9a3e-000000000001',
  'date-time': '2026-11-30T10:15:00+01:00',
  email: 'somebody@comune.example',
  uri: 'https://pay.example/page',
  password: 'a secret of its own, long enough',
}

/**
 * A value of a schema to be looked at: what the schema gives as an example, else the first that it allows. Members that
 * may be left out are there, too, but for texts of a pattern that has no example.
 */
export function sampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  const named = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref'] ?? ''))?.[1]
  if (named !== undefined) return sampleOf(schemas[named] ?? {}, schemas)
  const [given] = listIn(schema, 'examples')
  if (given !== undefined) return given
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  const [choice] = [...listIn(schema, 'enum'), ...listIn(schema, 'oneOf').slice(0, 1)]
  if (choice !== undefined) {
    return 'enum' in schema ? choice : sampleOf(choice as JsonSchema, schemas)
  }
  return sampleOfType(schema, schemas)
}

const listIn = (schema: JsonSchema, name: string): readonly unknown[] =>
  (schema[name] as readonly unknown[] | undefined) ?? []

function sampleOfType(schema: JsonSchema, schemas: Schemas): unknown {
  const [type] = [schema['type']].flat()
  switch (type) {
    case 'object':
      return sampleOfObject(schema, schemas)
    case 'array':
      return [sampleOf((schema['items'] ?? {}) as JsonSchema, schemas)]
    case 'integer':
    case 'number':
      return schema['minimum'] ?? Number(schema['exclusiveMinimum'] ?? 0) + 1
    case 'boolean':
      return true
    case 'string':
      return byFormat[String(schema['format'])] ?? 'text'
    default:
      return null
  }
}

function sampleOfObject(schema: JsonSchema, schemas: Schemas): object {
  const required = listIn(schema, 'required')
  const fits = (name: string, { pattern }: JsonSchema, sample: unknown) =>
    required.includes(name) ||
    typeof pattern !== 'string' ||
    new RegExp(pattern, 'u').test(String(sample))
  const members = Object.entries((schema['properties'] ?? {}) as Schemas).map(
    ([name, member]) => [name, member, sampleOf(member, schemas)] as const,
  )
  return Object.fromEntries(
    members.filter((member) => fits(...member)).map(([name, , sample]) => [name, sample]),
  )
}
