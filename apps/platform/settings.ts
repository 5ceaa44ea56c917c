import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { KafkaSettings } from '#core/kafka'
import { type RegistrySettings, schemaSource } from '#core/registry'
import type { WireSettings } from '#core/wire'

/** A setting that is missing or wrong: one sentence an operator can act on. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)))

// What the engine's client takes beyond this (spaces, no port, a scheme), the one for topics does not.
const addresses = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => /^[\w.-]+:\d{1,5}$/.test(part)), 'is no <host>:<port>,…')
  .transform((parts) => parts.join(','))

export const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')

/** Environment every process understands. An explicit address always wins; nothing falls back silently. */
const Platform = z.object({
  KAFKA_BROKERS: addresses,
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
  CORRENTE_EXCHANGES: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: logLevel,
})

export interface PlatformSettings {
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  /** Undefined where values are plain JSON. */
  readonly registry?: RegistrySettings
  readonly logLevel: string
  /** Whether what is exchanged with intermediaries is noted. */
  readonly areExchangesNoted: boolean
}

/**
 * Parses the environment against a schema, whose members alone are read; a member may have an older name, by which it is
 * taken where it is not set by its own. Throws SettingsError naming each member that is wrong.
 */
export function parsed<T extends z.ZodObject>(
  schema: T,
  env: Readonly<Record<string, string | undefined>>,
  olderNames: Readonly<Record<string, string>> = {},
): z.output<T> {
  const read = (name: string) => {
    const older = olderNames[name]
    return env[name] || (older === undefined ? undefined : env[older])
  }
  const entries = Object.keys(schema.shape).map((name) => [name, read(name)] as const)
  const given = Object.fromEntries(entries.filter(([, value]) => value))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const sentences = result.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`
  })
  throw new SettingsError(sentences.join('; '))
}

type Given = z.infer<typeof Platform>

const saslNames = ['KAFKA_SASL_MECHANISM', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'] as const

/** The parts of SASL go together: with one missing, each of the two clients would guess in its own way. */
function checkSecurity(given: Given): void {
  const protocol = given.KAFKA_SECURITY_PROTOCOL ?? 'plaintext'
  const isSasl = protocol.startsWith('sasl_')
  const unset: string[] = saslNames.filter((name) => given[name] === undefined)
  if (isSasl ? unset.length > 0 : unset.length < saslNames.length) {
    const missing = isSasl
      ? unset
      : ['KAFKA_SECURITY_PROTOCOL=sasl_ssl or sasl_plaintext', ...unset]
    throw new SettingsError(
      `SASL takes a security protocol, ${saslNames.join(', ')} together: ${missing.join(', ')} is not set`,
    )
  }
  if (given.KAFKA_CA_FILE !== undefined && !protocol.endsWith('ssl')) {
    throw new SettingsError('KAFKA_CA_FILE is for KAFKA_SECURITY_PROTOCOL=ssl or sasl_ssl')
  }
}

function certificatesIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SettingsError(`KAFKA_CA_FILE: ${path} cannot be read (${code})`)
  }
}

function securityOf(given: Given): NonNullable<KafkaSettings['security']> {
  checkSecurity(given)
  const entries: [string, string | undefined][] = [
    ['security.protocol', given.KAFKA_SECURITY_PROTOCOL],
    ['sasl.mechanisms', given.KAFKA_SASL_MECHANISM],
    ['sasl.username', given.KAFKA_USERNAME],
    ['sasl.password', given.KAFKA_PASSWORD],
    ['ssl.ca.pem', given.KAFKA_CA_FILE && certificatesIn(given.KAFKA_CA_FILE)],
  ]
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}

/** Where the log and the registry are; SettingsError. `KAFKA_BOOTSTRAP_SERVERS` is an alias of `KAFKA_BROKERS`. */
export function platformSettings(
  env: Readonly<Record<string, string | undefined>>,
): PlatformSettings {
  const given = parsed(Platform, env, { KAFKA_BROKERS: 'KAFKA_BOOTSTRAP_SERVERS' })
  const kafka = { brokers: given.KAFKA_BROKERS, security: securityOf(given) }
  const logLevel = given.LOG_LEVEL
  const areExchangesNoted = given.CORRENTE_EXCHANGES === 'on'
  const common = { kafka, logLevel, areExchangesNoted }
  if (given.CORRENTE_WIRE === 'json') return { ...common, wire: { format: 'json' } }
  if (!given.SCHEMA_REGISTRY_URL) {
    throw new SettingsError(
      'SCHEMA_REGISTRY_URL is not set: name the schema registry, or set CORRENTE_WIRE=json',
    )
  }
  const registry: RegistrySettings = {
    url: given.SCHEMA_REGISTRY_URL,
    ...(given.SCHEMA_REGISTRY_USERNAME === undefined
      ? {}
      : {
          username: given.SCHEMA_REGISTRY_USERNAME,
          password: given.SCHEMA_REGISTRY_PASSWORD ?? '',
        }),
  }
  return {
    ...common,
    registry,
    wire: {
      format: 'avro',
      registry: schemaSource(registry),
      jsonTopics: given.CORRENTE_JSON_TOPICS,
    },
  }
}
