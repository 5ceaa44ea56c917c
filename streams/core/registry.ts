import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import type { Type } from 'avsc'
import { setTimeout as sleep } from 'node:timers/promises'
import { isExplicit, registryAnswers } from '#core/registry-answers'
import { avroOptions } from '#schemas/avro-types'

/** How to reach the schema registry: its Confluent-compatible base URL, and credentials if it asks. */
export interface RegistrySettings {
  readonly url: string
  readonly username?: string
  readonly password?: string
}

/** What the wire asks of a registry. A missing answer is never taken for "no such schema". */
export interface SchemaSource {
  /** The id of exactly this schema under the subject; undefined when it was never registered. */
  findId(subject: string, schema: object): Promise<number | undefined>
  /** Registers the schema (idempotent); throws where it is not backward compatible. */
  register(subject: string, schema: object): Promise<number>
  /** The writer's schema; undefined when the registry says it does not know the id. UnusableSchemaError. */
  findSchema(id: number): Promise<Type | undefined>
}

/** The registry gave no usable answer: wait, nothing is known about the record. */
export class RegistryUnreachableError extends Error {
  override name = 'RegistryUnreachableError'
}

/** The registry knows the schema and we cannot use it: its records are poison, with this reason. */
export class UnusableSchemaError extends Error {
  override name = 'UnusableSchemaError'
}

/** One question is given up after this long, milliseconds. */
export const answerMsMax = 5_000

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error ? Number(error.status) : undefined

// For this one question the client hides the status of a 404 behind an error of its own.
const withStatus = (error: unknown): never => {
  if (!(error instanceof Error) || 'status' in error) throw error
  throw Object.assign(error, { status: 404 })
}

const newClient = ({ url, username, password }: RegistrySettings) =>
  new SchemaRegistry(
    {
      host: url,
      retry: { retries: 0 },
      middlewares: [registryAnswers],
      ...(username === undefined ? {} : { auth: { username, password: password ?? '' } }),
    },
    { [SchemaType.AVRO]: avroOptions },
  )

const confluent = (schema: object) => ({
  type: SchemaType.AVRO as const,
  schema: JSON.stringify(schema),
})

/** A registry over HTTP. Only its explicit 404 means "unknown"; the client reports a lost connection as 400. */
export function schemaSource(settings: RegistrySettings): SchemaSource {
  const { url } = settings
  let client = newClient(settings)
  const asked = async <T>(ask: (client: SchemaRegistry) => Promise<T>): Promise<T | undefined> => {
    const timer = new AbortController()
    const late = sleep(answerMsMax, undefined, { signal: timer.signal, ref: false }).then(() => {
      // The client would join every later question for this id to the one that hangs.
      client = newClient(settings)
      throw new RegistryUnreachableError(`the schema registry at ${url} does not answer`)
    })
    late.catch(() => undefined)
    try {
      return await Promise.race([ask(client), late])
    } catch (error) {
      if (statusOf(error) === 404 && isExplicit(error)) return undefined
      if (error instanceof RegistryUnreachableError) throw error
      const reason = error instanceof Error ? error.message : String(error)
      // An answer has a status; what has none was thrown while the schema was being read.
      if (statusOf(error) === undefined) throw new UnusableSchemaError(reason)
      throw new RegistryUnreachableError(`the schema registry at ${url} cannot be asked: ${reason}`)
    } finally {
      timer.abort()
    }
  }
  return {
    findId: (subject, schema) =>
      asked((to) => to.getRegistryIdBySchema(subject, confluent(schema)).catch(withStatus)),
    register: async (subject, schema) => (await client.register(confluent(schema), { subject })).id,
    findSchema: (id) => asked((to) => to.getSchema(id) as Promise<unknown> as Promise<Type>),
  }
}
