import type { Method } from '#apps/platform/http-answers'

/** JSON Schema, draft 2020-12; `$ref` leads to `#/components/schemas/<name>`. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly properties?: Schemas
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly writeOnly?: boolean
  /** Whom the value is about, as the schemas of topics say it. */
  readonly 'x-data-class'?: string
}
/** By name. */
export type Schemas = Readonly<Record<string, JsonSchema>>

export interface ApiParameter {
  readonly name: string
  readonly in: 'query' | 'header'
  readonly description?: string
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** What is sent. */
export interface ApiBody {
  /** `application/json` where absent. */
  readonly types?: readonly string[]
  readonly schema: JsonSchema
  /** Made from the schema where absent. */
  readonly example?: unknown
}

/** What is answered. */
export interface ApiAnswer {
  readonly description: string
  /** `application/json` where absent and there is a schema. */
  readonly type?: string
  /** Absent: an empty body, or of `type` nothing more is said. */
  readonly schema?: JsonSchema
  /** Made from the schema where absent. */
  readonly example?: unknown
  /** Headers that are worth reading, and what they say. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One method of one path, as it is documented. */
export interface ApiOperation {
  readonly method: Method
  /** As express has it: `:id` for a part of the path, `*key` for the rest of it. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  /** Operations of a tag stand together. */
  readonly tag?: string
  /** No token is asked for, where the others ask for one. */
  readonly isOpen?: boolean
  /** Parts of its path by name, where they are not those of the app. */
  readonly ids?: Api['ids']
  readonly parameters?: readonly ApiParameter[]
  readonly body?: ApiBody
  /** By status. */
  readonly answers: Readonly<Record<number, ApiAnswer>>
  /** Whatever is refused is refused in the words of another protocol, and among the answers: there are no problems. */
  readonly hasOwnWords?: boolean
  /** Problems it may be answered with, by status: when. */
  readonly problems?: Readonly<Record<number, string>>
}

/** All that an app serves besides what every app does. */
export interface Api {
  /** Without the name of the platform. */
  readonly title: string
  readonly description: string
  readonly operations: readonly ApiOperation[]
  /** What is referred to, by name. */
  readonly schemas?: Schemas
  /** Parts of paths by name; a UUID where it is not here. */
  readonly ids?: Schemas | undefined
  /** What problems look like here, where they have more members than everywhere. */
  readonly problem?: JsonSchema
  /** Whose bearer token is asked for; absent: none is. */
  readonly token?: string
  /** Further pages to read, shown on top. */
  readonly links?: readonly { readonly path: string; readonly label: string }[]
}

/** A process that serves nothing of its own. */
export const nothingOfItsOwn = (title: string, description: string): Api => ({
  title,
  description,
  operations: [],
})

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** A text. */
export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
})
export const uuid = (description: string): JsonSchema => text(description, { format: 'uuid' })
export const instant = (description: string): JsonSchema =>
  text(description, { format: 'date-time' })
/** A whole number that counts something. */
export const count = (description: string): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  description,
})
/** The schema, or null. */
export const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema.type ?? [], 'null'].flat(),
})

/** An object as it is answered: these members, always but for the optional ones. */
export const answered = (
  properties: Schemas,
  { optional = [], description }: { optional?: readonly string[]; description?: string } = {},
): JsonSchema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})
