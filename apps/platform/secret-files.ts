import { readFileSync } from 'node:fs'
import { SettingsError } from '#apps/platform/settings'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Settings that hold a secret, or an address with a password in it. Each may be given as `<name>_FILE` instead, the path
 * of a file that holds it: what lies in an environment is shown by every tool that inspects a process or a container.
 */
export const secretSettings: readonly string[] = [
  'KAFKA_PASSWORD',
  'SCHEMA_REGISTRY_PASSWORD',
  'KSQLDB_PASSWORD',
  'DATABASE_URL',
  'CORRENTE_MOVEMENTS_DATABASE_URL',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'OBJECT_STORE_LINK_SECRETS',
  'CORE_PASSWORD',
  'CORRENTE_CONFIG_KEYS',
  'CORRENTE_JWT_SECRET',
  'DEBITS_CARD_KEY',
  'DEBITS_TOKENS',
  'EXPORTS_TOKENS',
  'EXPORTS_API_TOKEN',
  'INGEST_TOKENS',
  'SMTP_URL',
  'NOTIFICATION_WEBHOOKS',
  'NOTIFICATION_WEBHOOK_SECRETS',
  'OTEL_EXPORTER_OTLP_HEADERS',
]

/**
 * The environment with the secrets that lie in files in it, and without the names of the files. The line end that an editor
 * leaves is no part of a secret. Throws SettingsError where one is given both ways, or its file cannot be read or is empty;
 * no message shows what is in a file.
 */
export function withSecretFiles(env: Environment): Environment {
  const found = secretSettings.filter((name) => env[fileOf(name)])
  const read = Object.fromEntries(found.map((name) => [name, secretIn(name, env)]))
  const files = new Set(secretSettings.map(fileOf))
  const kept = Object.entries(env).filter(([name]) => !files.has(name))
  return { ...Object.fromEntries(kept), ...read }
}

const fileOf = (name: string): string => `${name}_FILE`

function secretIn(name: string, env: Environment): string {
  const path = env[fileOf(name)]!
  if (env[name]) throw new SettingsError(`${name} and ${fileOf(name)} are both set: set one`)
  const text = textOf(path, name).replace(/\r?\n$/, '')
  if (text === '') throw new SettingsError(`${fileOf(name)}: ${path} is empty`)
  return text
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SettingsError(`${fileOf(name)}: ${path} cannot be read (${code})`)
  }
}
