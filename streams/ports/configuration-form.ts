import { z } from 'zod'
import { isSealed } from '#schemas/values/sealed'

/** The forms an administrator fills in for a connector; a level without one has nothing to configure. */
export interface ConfigurationForms {
  readonly tenant?: z.ZodObject
  readonly service?: z.ZodObject
}

/** How a member is shown in a form, and whether it is a secret. */
export interface Field {
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  /** Carried along, not shown. */
  readonly isHidden?: boolean
  readonly isReadOnly?: boolean
  /** Never told again, encrypted wherever it is kept. */
  readonly isSecret?: boolean
  /** What is typed, where the schema itself does not tell. */
  readonly input?: 'text' | 'number'
}

const fields = z.registry<Field>()

/** The schema, shown so in a form. */
export function field<Schema extends z.ZodType>(schema: Schema, shown: Field): Schema {
  const own = schema.clone()
  fields.add(own, shown)
  return own
}

/**
 * A member that is write-only: answers show a mask, topics hold it encrypted. An encrypted one is taken as it is:
 * what is in it was checked when it was given. A secret is a member of the form itself, not of one inside it.
 */
export const secret = (plain: z.ZodType<string>, shown: Field) =>
  field(
    z.string().superRefine((text, context) => {
      if (isSealed(text)) return
      for (const { message } of plain.safeParse(text).error?.issues ?? []) context.addIssue(message)
    }),
    { ...shown, isSecret: true },
  )

/** A member read by a function that throws InvalidValueError, as those of `schemas/values` do. */
export const readBy = <Value>(read: (input: unknown) => Value, shown: Field) =>
  field(
    z.unknown().transform((input, context): Value => {
      try {
        return read(input)
      } catch (error) {
        if (!(error instanceof Error && 'reason' in error)) throw error
        context.addIssue(String(error.reason))
        return z.NEVER
      }
    }),
    shown,
  )

/** A member of a form without what only says that it may be absent. */
export interface Member {
  readonly name: string
  readonly schema: z.ZodType
  readonly field: Field
  readonly isRequired: boolean
  readonly defaultValue: unknown
}

/** The members of a form, in its order. */
export const membersOf = (form: z.ZodObject): readonly Member[] =>
  Object.entries(form.shape).map(([name, schema]) => memberOf(name, schema as z.ZodType))

function memberOf(name: string, whole: z.ZodType): Member {
  let schema = whole
  let found: Partial<Member> = {}
  for (;;) {
    const shown = fields.get(schema)
    if (shown && !found.field) found = { ...found, field: shown }
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
      found = { isRequired: false, ...found }
    } else if (schema instanceof z.ZodDefault) {
      found = { isRequired: true, defaultValue: schema.def.defaultValue, ...found }
    } else {
      return {
        name,
        isRequired: true,
        defaultValue: undefined,
        field: { label: name },
        ...found,
        schema,
      }
    }
    schema = schema.unwrap() as z.ZodType
  }
}

/** Names of a form's secret members. */
export const secretsIn = (form: z.ZodObject | undefined): readonly string[] =>
  form ? membersOf(form).flatMap(({ name, field: { isSecret } }) => (isSecret ? [name] : [])) : []
