import kafkajs, { type KafkaConfig, type SASLOptions } from 'kafkajs'
import type { KafkaSettings } from '#core/kafka'

const saslOf = (security: Readonly<Record<string, string>>): SASLOptions => {
  const username = security['sasl.username'] ?? ''
  const password = security['sasl.password'] ?? ''
  const mechanism = security['sasl.mechanisms']
  switch (mechanism) {
    case 'PLAIN':
      return { mechanism: 'plain', username, password }
    case 'SCRAM-SHA-256':
      return { mechanism: 'scram-sha-256', username, password }
    case 'SCRAM-SHA-512':
      return { mechanism: 'scram-sha-512', username, password }
    case undefined:
    default:
      throw new Error(`the SASL mechanism ${mechanism} is not one of the client for topics`)
  }
}

/** The settings as the client for topics takes them: the same brokers, protocol and identity. */
export function adminConfig({ brokers, security = {} }: KafkaSettings): KafkaConfig {
  const protocol = security['security.protocol'] ?? 'plaintext'
  const ca = security['ssl.ca.pem']
  return {
    clientId: 'corrente-admin',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    retry: { retries: 5, initialRetryTime: 100 },
    ...(protocol.endsWith('ssl') ? { ssl: ca === undefined ? true : { ca: [ca] } } : {}),
    ...(protocol.startsWith('sasl_') ? { sasl: saslOf(security) } : {}),
  }
}

/** A second, independent client: for topic configuration, which the engine's client cannot change. */
export const adminClient = (settings: KafkaSettings) => new kafkajs.Kafka(adminConfig(settings))

/** Runs a piece of work with a connected admin and disconnects it. */
export async function withAdmin<T>(
  kafka: KafkaSettings,
  work: (admin: kafkajs.Admin) => Promise<T>,
): Promise<T> {
  const admin = adminClient(kafka).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}
