import kafkajs, { type KafkaConfig, type SASLOptions } from 'kafkajs'
import type { KafkaSettings } from '#core/kafka'

const saslOf = (security: Readonly<Record<string, string>>): SASLOptions | undefined => {
  const username = security['sasl.username']
  const password = security['sasl.password'] ?? ''
  if (username === undefined) return undefined
  switch (security['sasl.mechanisms']) {
    case 'SCRAM-SHA-256':
      return { mechanism: 'scram-sha-256', username, password }
    case 'SCRAM-SHA-512':
      return { mechanism: 'scram-sha-512', username, password }
    case undefined:
    default:
      return { mechanism: 'plain', username, password }
  }
}

/** A second, independent client: for topic configuration, which the engine's client cannot change. */
export function adminClient({ brokers, security = {} }: KafkaSettings) {
  const sasl = saslOf(security)
  const isTls = security['security.protocol']?.endsWith('ssl') ?? false
  const ca = security['ssl.ca.pem']
  const config: KafkaConfig = {
    clientId: 'corrente-admin',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    retry: { retries: 5, initialRetryTime: 100 },
    ...(isTls ? { ssl: ca === undefined ? true : { ca: [ca] } } : {}),
    ...(sasl ? { sasl } : {}),
  }
  return new kafkajs.Kafka(config)
}

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
