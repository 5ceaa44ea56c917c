import { kafkaProperties } from '#compose/embedded/kafka-properties'
import type { Project } from '#tests/compose/project'

/** What differs on purpose: where it listens and keeps its log, and its size. */
const ofTheMachine = [
  'process.roles',
  'node.id',
  'controller.quorum.voters',
  'listeners',
  'advertised.listeners',
  'listener.security.protocol.map',
  'controller.listener.names',
  'inter.broker.listener.name',
  'log.dirs',
]

/** Without these a unit may lose its place, a transaction its end, or a topic is made by accident. */
const needed = [
  'auto.create.topics.enable',
  'log.retention.ms',
  'offsets.retention.minutes',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
  'transaction.abort.timed.out.transaction.cleanup.interval.ms',
]

/** The broker is set as the embedded one is, which everything was tested on. */
export function checkBroker({ services }: Project): readonly string[] {
  const environment = Object.entries(services['kafka']?.environment ?? {})
  const given = environment
    .filter(([name]) => name.startsWith('KAFKA_') && name !== 'KAFKA_HEAP_OPTS')
    .map(([name, value]) => [name.slice(6).toLowerCase().replaceAll('_', '.'), value] as const)
  const embedded = new Map(
    kafkaProperties({ dataDir: 'data', portBase: 17_000 })
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  )
  const names = new Set(given.map(([name]) => name))
  return [
    ...needed.filter((name) => !names.has(name)).map((name) => `kafka: ${name} is not set`),
    ...given
      .filter(([name]) => !ofTheMachine.includes(name))
      .filter(([name, value]) => embedded.get(name) !== value)
      .map(
        ([name, value]) => `kafka: ${name} is ${value}, the tested one has ${embedded.get(name)}`,
      ),
  ]
}

const prefix = 'KSQL_'

/** ksqlDB shows nothing of transactions that were aborted, is alone with its name, and is reached by nobody from outside. */
export function checkKsqldb({ services }: Project): readonly string[] {
  const { environment = {}, ports = [] } = services['ksqldb-server'] ?? {}
  const properties = new Map(
    Object.entries(environment).map(([name, value]) => {
      return [name.slice(prefix.length).toLowerCase().replaceAll('_', '.'), value]
    }),
  )
  const right: Readonly<Record<string, string>> = {
    'ksql.streams.consumer.isolation.level': 'read_committed',
    'ksql.streams.processing.guarantee': 'exactly_once_v2',
    'ksql.query.pull.table.scan.enabled': 'true',
  }
  const wrong = Object.entries(right)
    .filter(([name, value]) => properties.get(name) !== value)
    .map(([name, value]) => `ksqldb-server: ${name} is ${properties.get(name)} and not ${value}`)
  return ports.length === 0
    ? wrong
    : [...wrong, 'ksqldb-server: it is published, and /inserts-stream writes into topics']
}
