import { resolve } from 'node:path'
import { SettingsError } from '#apps/platform/settings'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { findStack, type Stack } from '#compose/embedded/stack'

export type Environment = Readonly<Record<string, string | undefined>>

/** What says how to reach services of the caller's own; none of it is meant for the embedded ones. */
const ofOwnServices = [
  'KAFKA_BOOTSTRAP_SERVERS',
  'KAFKA_SECURITY_PROTOCOL',
  'KAFKA_SASL_MECHANISM',
  'KAFKA_USERNAME',
  'KAFKA_PASSWORD',
  'KAFKA_CA_FILE',
  'SCHEMA_REGISTRY_USERNAME',
  'SCHEMA_REGISTRY_PASSWORD',
]

/**
 * The setting by which the environment names the caller's own Kafka, if it does. Throws SettingsError where it names
 * a registry only: the embedded Kafka comes with its own.
 */
export function ownKafkaSetting(env: Environment = process.env): string | undefined {
  const setting = ['KAFKA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS'].find((name) => env[name])
  if (setting !== undefined || !env['SCHEMA_REGISTRY_URL']) return setting
  throw new SettingsError(
    'SCHEMA_REGISTRY_URL is set and KAFKA_BROKERS is not: set both for your own services, or none for the embedded ones',
  )
}

/** The caller's environment with the embedded services in the place of any others. */
export function embedded(
  { brokers, registryUrl }: Pick<Stack, 'brokers' | 'registryUrl'>,
  env: Environment = process.env,
): Environment {
  const kept = Object.entries(env).filter(([name]) => !ofOwnServices.includes(name))
  return {
    ...Object.fromEntries(kept),
    KAFKA_BROKERS: brokers,
    SCHEMA_REGISTRY_URL: registryUrl,
  }
}

/**
 * The environment a command works on: the caller's own services where `KAFKA_BROKERS` names them, else the
 * embedded stack that runs. Throws a sentence where neither is there.
 */
export async function installed(portBaseText: string | undefined): Promise<Environment> {
  if (ownKafkaSetting() !== undefined) return process.env
  const portBase = portBaseOf(portBaseText)
  const stack = await findStack(dataDirOf(portBase))
  if (!stack) {
    throw new Error(
      'no Kafka to work on: start the embedded one with corrente up, or set KAFKA_BROKERS and ' +
        'SCHEMA_REGISTRY_URL',
    )
  }
  return embedded(stack)
}

/** Where this installation keeps its files. */
export const homeOf = (portBaseText: string | undefined): string =>
  resolve(
    ownKafkaSetting() === undefined
      ? dataDirOf(portBaseOf(portBaseText))
      : process.env['CORRENTE_HOME'] || '.corrente',
  )
