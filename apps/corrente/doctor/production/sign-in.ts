import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { withAdmin } from '#apps/platform/admin'
import type { KafkaSettings } from '#core/kafka'

/** That the brokers take the user of this process; a refusal is told by the settings, not by what they hold. */
export async function checkSignIn(kafka: KafkaSettings): Promise<readonly Finding[]> {
  try {
    await withAdmin(kafka, (admin) => admin.describeCluster())
    return []
  } catch (error) {
    const refusal = refusalIn(kafka, error)
    if (refusal) return [refusal]
    throw error
  }
}

export function refusalIn({ security = {} }: KafkaSettings, error: unknown): Finding | undefined {
  const names: readonly string[] = [nameOf(error), nameOf((error as Error).cause)]
  if (!names.includes('KafkaJSSASLAuthenticationError')) return undefined
  return findingsOf('brokers').problem(
    `the brokers refuse the user ${security['sasl.username'] ?? ''} (${security['sasl.mechanisms'] ?? 'no mechanism'}): ` +
      'correct KAFKA_USERNAME, KAFKA_PASSWORD or KAFKA_SASL_MECHANISM',
  )
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')
