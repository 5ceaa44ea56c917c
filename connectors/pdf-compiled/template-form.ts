import { z } from 'zod'
import { templateLanguages } from '#ports/templates'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'say a name of a-z, 0-9 and _')
const key = name

const plainValue = z.strictObject({
  kind: z.enum(['text', 'date', 'date-time']),
  required: z.boolean(),
})
const amount = z.strictObject({
  kind: z.literal('money'),
  required: z.boolean(),
  currency: name.optional(),
})
const value = z.discriminatedUnion('kind', [plainValue, amount])
const lines = z.strictObject({
  kind: z.literal('lines'),
  required: z.boolean(),
  columns: z.record(name, value),
})

const column = z.strictObject({
  label: key,
  column: name,
  width: z.number().positive().max(1_000),
  align: z.enum(['left', 'right']).optional(),
})

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('masthead'), logo: key, title: key }),
  z.strictObject({
    kind: z.literal('paragraph'),
    text: key,
    size: z.enum(['small', 'plain', 'large']).optional(),
    isStrong: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('fields'),
    fields: z.array(z.strictObject({ label: key, field: name })).min(1),
  }),
  z.strictObject({
    kind: z.literal('table'),
    field: name,
    columns: z.array(column).min(1).max(12),
    total: z.strictObject({ label: key, cells: z.record(name, name) }).optional(),
  }),
  z.strictObject({ kind: z.literal('qr'), field: name, alt: key, caption: key }),
  z.strictObject({ kind: z.literal('footer'), text: key }),
])

const text = z.string().min(1).max(4_000)

/** A template as it is written: members that are not known are wrong. */
export const TemplateForm = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'say a name of a-z, 0-9 and -'),
  version: z.int().positive().max(9_999),
  fields: z.record(name, z.discriminatedUnion('kind', [plainValue, amount, lines])),
  dated_by: name,
  named_by: name.optional(),
  title: key,
  texts: z.partialRecord(z.enum(templateLanguages), z.record(key, text)),
  blocks: z.array(block).min(1).max(100),
})
