import kafkajs, { type Admin } from 'kafkajs'
import { askApiVersions, hasFencedOffsets, releaseOf } from '#apps/corrente/doctor/api-versions'
import { examined, type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { heartbeatMs, type KafkaSettings, sessionMs } from '#core/kafka'
import { transactionMs } from '#core/transactions'

const { ok, warning, problem } = findingsOf('brokers')

async function checkBroker(address: string, kafka: KafkaSettings): Promise<readonly Finding[]> {
  const apis = await askApiVersions(address, kafka)
  if (!hasFencedOffsets(apis)) {
    return [
      problem(
        `the broker at ${address} is older than Kafka 2.5: it cannot fence offsets in a transaction; update it`,
      ),
    ]
  }
  return [ok(`${address} answers: Kafka ${releaseOf(apis)} or newer`)]
}

/** The brokers that are named, and those they send clients on to. */
export async function checkBrokers(
  kafka: KafkaSettings,
  admin: Admin,
): Promise<readonly Finding[]> {
  const named = kafka.brokers.split(',')
  const { brokers } = await admin.describeCluster()
  const advertised = brokers.map(({ host, port }) => `${host}:${port}`)
  const addresses = [...new Set([...named, ...advertised])]
  const found = await Promise.all(
    addresses.map((address) => examined('brokers', () => checkBroker(address, kafka))),
  )
  return found.flat()
}

/** The brokers that are named, where none could be asked for the others. */
export const checkNamedBrokers = async (kafka: KafkaSettings): Promise<readonly Finding[]> =>
  (
    await Promise.all(
      kafka.brokers
        .split(',')
        .map((address) => examined('brokers', () => checkBroker(address, kafka))),
    )
  ).flat()

/** Settings of the first broker that the engine depends on. */
export const checkBrokerSettings = async (admin: Admin): Promise<readonly Finding[]> =>
  settingFindings(await brokerSettings(admin))

/** All settings of the first broker. */
export async function brokerSettings(admin: Admin): Promise<ReadonlyMap<string, string>> {
  const { brokers } = await admin.describeCluster()
  const name = String(brokers[0]?.nodeId ?? 0)
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.BROKER, name }],
  })
  const entries = resources[0]?.configEntries ?? []
  return new Map(entries.map((one) => [one.configName, one.configValue]))
}

const minutesAYear = 365 * 24 * 60

/** What the settings of a broker mean for us; one that it does not tell is not judged. */
export function settingFindings(settings: ReadonlyMap<string, string>): readonly Finding[] {
  const number = (name: string) => (settings.has(name) ? Number(settings.get(name)) : undefined)
  const retention = number('offsets.retention.minutes')
  const [min, max] = [
    number('group.min.session.timeout.ms'),
    number('group.max.session.timeout.ms'),
  ]
  const transaction = number('transaction.max.timeout.ms')
  const found = [
    retention !== undefined &&
      retention < minutesAYear &&
      warning(
        `offsets.retention.minutes is ${retention}: a unit that stands still for ${Math.floor(retention / 1_440)} ` +
          `days loses its place and stops; set it to years`,
      ),
    ((min ?? 0) > sessionMs || (max ?? sessionMs) < sessionMs) &&
      problem(
        `group.min.session.timeout.ms to group.max.session.timeout.ms is ${min} to ${max}: units ask for ${sessionMs} ` +
          `(heartbeats each ${heartbeatMs}); let it be within`,
      ),
    (transaction ?? transactionMs) < transactionMs &&
      problem(
        `transaction.max.timeout.ms is ${transaction}: units ask for ${transactionMs}; raise it`,
      ),
    settings.get('auto.create.topics.enable') === 'true' &&
      warning(
        'auto.create.topics.enable is true: a misspelt topic is made instead of missed; set it to false',
      ),
  ].filter((finding) => finding !== false)
  return found.length > 0 ? found : [ok('the settings of the brokers are as units need them')]
}
