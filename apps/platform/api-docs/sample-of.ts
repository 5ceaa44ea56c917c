import type { JsonSchema, Schemas } from '#apps/platform/api-docs/api'

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
  const named = schema.$ref?.split('/').at(-1)
  if (named !== undefined) return sampleOf(schemas[named] ?? {}, schemas)
  const [given = schema.const ?? schema.default ?? schema.enum?.[0]] = schema.examples ?? []
  return given ?? sampleOfType(schema, schemas)
}

function sampleOfType(schema: JsonSchema, schemas: Schemas): unknown {
  const [type = 'null'] = [schema.type ?? []].flat()
  switch (type) {
    case 'object':
      return sampleOfObject(schema, schemas)
    case 'array':
      return [sampleOf(schema.items ?? {}, schemas)]
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1
    case 'boolean':
      return true
    case 'string':
      return byFormat[schema.format ?? ''] ?? 'text'
    default:
      return null
  }
}

function sampleOfObject({ properties = {}, required = [] }: JsonSchema, schemas: Schemas): object {
  const fits = (name: string, { pattern }: JsonSchema, sample: unknown) =>
    required.includes(name) ||
    pattern === undefined ||
    new RegExp(pattern, 'u').test(String(sample))
  const members = Object.entries(properties).map(
    ([name, member]) => [name, member, sampleOf(member, schemas)] as const,
  )
  return Object.fromEntries(
    members.filter((member) => fits(...member)).map(([name, , sample]) => [name, sample]),
  )
}
