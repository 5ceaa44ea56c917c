import { findStack } from '#compose/embedded/stack'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment a command works on: the caller's own services where `KAFKA_BROKERS` names them, else the
 * embedded stack that runs. Throws a sentence where neither is there.
 */
export async function installed(portBaseText: string | undefined): Promise<Environment> {
  if (process.env['KAFKA_BROKERS'] || process.env['KAFKA_BOOTSTRAP_SERVERS']) return process.env
  const portBase = portBaseOf(portBaseText)
  const stack = await findStack(dataDirOf(portBase))
  if (!stack) {
    throw new Error(
      'no Kafka to work on: start the embedded one with corrente up, or set KAFKA_BROKERS and ' +
        'SCHEMA_REGISTRY_URL',
    )
  }
  return {
    ...process.env,
    KAFKA_BROKERS: stack.brokers,
    SCHEMA_REGISTRY_URL: stack.registryUrl,
  }
}
