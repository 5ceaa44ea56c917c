import { z } from 'zod'
import type { JsonSchema } from '#apps/platform/api-docs/api'
import { type Member, membersOf } from '#ports/configuration-form'

/** A form as JSON Schema, from the schema that what is given is held against; its names are what the form shows. */
export function formSchema(form: z.ZodObject): JsonSchema {
  const members = membersOf(form)
  return {
    type: 'object',
    required: members
      .filter(({ isRequired, defaultValue }) => isRequired && defaultValue === undefined)
      .map(({ name }) => name),
    properties: Object.fromEntries(members.map((member) => [member.name, memberSchema(member)])),
    additionalProperties: false,
  }
}

function memberSchema(member: Member): JsonSchema {
  const { schema, field, defaultValue } = member
  const { description, placeholder } = field
  const isExample = placeholder !== undefined && schema.safeParse(placeholder).success
  return {
    ...shapeOf(member),
    title: field.label,
    ...(description === undefined ? {} : { description }),
    ...(isExample ? { examples: [placeholder] } : {}),
    ...(field.isSecret ? { writeOnly: true, format: 'password' } : {}),
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
  }
}

function shapeOf({ schema, field }: Member): JsonSchema {
  if (schema instanceof z.ZodObject) return formSchema(schema)
  if (schema instanceof z.ZodArray) {
    const { element } = schema
    const items =
      element instanceof z.ZodObject ? formSchema(element) : leafOf(element as z.ZodType)
    const { items: _, ...limits } = leafOf(schema)
    return { ...limits, type: 'array', items }
  }
  // A number that is read by a function of ours may come as text.
  if (field.input === 'number') return { type: ['number', 'string'] }
  const leaf = leafOf(schema)
  return leaf.type === undefined && !leaf.anyOf && !leaf.enum ? { ...leaf, type: 'string' } : leaf
}

/** What is given, as zod has it; of what is read by a function of ours, a text. */
function leafOf(schema: z.ZodType): JsonSchema {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const { $schema: _, format, ...limits } = made as JsonSchema & { readonly $schema?: string }
  // Zod has names of its own for what it checks; the others are JSON Schema's.
  const leaf = format === 'uri' || format === 'email' ? { ...limits, format } : limits
  return leaf.type === undefined && !leaf.anyOf ? { type: 'string', ...leaf } : leaf
}
