import type { z } from 'zod'
import { formSchema } from '#apps/payment-proxy/docs/form-schema'
import type { JsonSchema, Schemas } from '#apps/platform/api-docs/api'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { wholeForm } from '#streams/payments/validate-configuration'

/** What is configured of an intermediary. */
export const levels = ['TENANT', 'SERVICE'] as const

/** `external-page`, SERVICE: `ExternalPageService`. */
export const formNameOf = (connector: string, level: ConfigurationLevel): string =>
  [...connector.split('-'), level.toLowerCase()]
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

const active = {
  type: 'boolean',
  default: true,
  description: 'Whether payments are taken with it',
}

/** The forms of a connector, as they are given and as they are shown. */
export const configurationSchemas = (connector: IntermediaryConnector): Schemas =>
  Object.fromEntries(
    levels.flatMap((level) => {
      const form = wholeForm(connector, level)
      if (!form) return []
      const name = formNameOf(connector.name, level)
      return [
        [name, given(form)],
        [`${name}Shown`, shown(form)],
      ]
    }),
  )

function given(form: z.ZodObject): JsonSchema {
  const schema = formSchema(form)
  return {
    ...schema,
    // It is in the path, or made.
    required: (schema.required ?? []).filter((name) => name !== 'id'),
    properties: { ...schema.properties, active },
  }
}

function shown(form: z.ZodObject): JsonSchema {
  const { additionalProperties: _, properties, ...schema } = formSchema(form)
  return {
    ...schema,
    description: 'As it is kept; secrets are masked',
    required: ['id', 'active'],
    properties: { ...properties, active },
  }
}
