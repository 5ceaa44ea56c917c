import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { KafkaSettings } from '#core/kafka'
import { schemaSource } from '#core/registry'
import type { WireSettings } from '#core/wire'

/** A setting that is missing or wrong: one sentence an operator can act on. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)))

/** Environment every process understands. An explicit address always wins; nothing falls back silently. */
const Platform = z.object({
  KAFKA_BROKERS: z.string().min(1),
  KAFKA_SECURITY_PROTOCOL: z.enum(['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl']).optional(),
  KAFKA_SASL_MECHANISM: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']).optional(),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_CA_FILE: z.string().optional(),
  SCHEMA_REGISTRY_URL: z.url().optional(),
  SCHEMA_REGISTRY_USERNAME: z.string().optional(),
  SCHEMA_REGISTRY_PASSWORD: z.string().optional(),
  CORRENTE_WIRE: z.enum(['avro', 'json']).default('avro'),
  CORRENTE_JSON_TOPICS: list.default([]),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface PlatformSettings {
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  readonly logLevel: string
}

/** Parses the environment against a schema; throws SettingsError naming each member that is wrong. */
export function parsed<T>(
  schema: z.ZodType<T>,
  env: Readonly<Record<string, string | undefined>>,
): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const sentences = result.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`
  })
  throw new SettingsError(sentences.join('; '))
}

const securityOf = (env: z.infer<typeof Platform>): KafkaSettings['security'] => {
  const entries: [string, string | undefined][] = [
    ['security.protocol', env.KAFKA_SECURITY_PROTOCOL],
    ['sasl.mechanisms', env.KAFKA_SASL_MECHANISM],
    ['sasl.username', env.KAFKA_USERNAME],
    ['sasl.password', env.KAFKA_PASSWORD],
    ['ssl.ca.pem', env.KAFKA_CA_FILE && readFileSync(env.KAFKA_CA_FILE, 'utf8')],
  ]
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}

/** Where the log and the registry are. `KAFKA_BOOTSTRAP_SERVERS` is an alias of `KAFKA_BROKERS`. */
export function platformSettings(
  env: Readonly<Record<string, string | undefined>>,
): PlatformSettings {
  const given = parsed(Platform, {
    ...env,
    KAFKA_BROKERS: env['KAFKA_BROKERS'] ?? env['KAFKA_BOOTSTRAP_SERVERS'],
  })
  const kafka = { brokers: given.KAFKA_BROKERS, security: securityOf(given) ?? {} }
  const logLevel = given.LOG_LEVEL
  if (given.CORRENTE_WIRE === 'json') return { kafka, wire: { format: 'json' }, logLevel }
  if (!given.SCHEMA_REGISTRY_URL) {
    throw new SettingsError(
      'SCHEMA_REGISTRY_URL is not set: name the schema registry, or set CORRENTE_WIRE=json',
    )
  }
  const registry = schemaSource({
    url: given.SCHEMA_REGISTRY_URL,
    ...(given.SCHEMA_REGISTRY_USERNAME === undefined
      ? {}
      : {
          username: given.SCHEMA_REGISTRY_USERNAME,
          password: given.SCHEMA_REGISTRY_PASSWORD ?? '',
        }),
  })
  return {
    kafka,
    wire: { format: 'avro', registry, jsonTopics: given.CORRENTE_JSON_TOPICS },
    logLevel,
  }
}
