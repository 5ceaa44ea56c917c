import { join } from 'node:path'

import { stackPorts } from '#compose/embedded/ports'

/** `test` makes housekeeping prompt; what a client can observe of records and transactions is the same. */
export type Profile = 'test'

export interface KafkaSettings {
  /** Absolute folder of this stack: log, schemas, pid files, log files. One stack a folder. */
  readonly dataDir: string
  /** Kafka listens on portBase+92 (its controller on +93), the registry on +81, all on 127.0.0.1. */
  readonly portBase: number
  readonly profile?: Profile | undefined
  /** The broker before it was killed: its session, which the controller remembers, has to run out first. */
  readonly wasKilled?: boolean
  /** Settings beside these, or in their place: a second listener, an authorizer. */
  readonly more?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** `server.properties` of one broker that is its own controller, on loopback, keeping everything. */
export const kafkaProperties = (given: KafkaSettings): string => {
  const { dataDir, portBase, profile, wasKilled = false, more = {} } = given
  const { kafka, controller } = stackPorts(portBase)
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${kafka},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${kafka}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': escaped(join(dataDir, 'kafka')),
    ...oneNode,
    // A machine that is busy for seconds must not make the controller fence the only broker there is: partitions would
    // lose their leader. After kill -9 the broker is let in again only when this time has run out.
    'broker.session.timeout.ms': wasKilled ? 3_000 : 60_000,
    ...keepEverything,
    ...small,
    ...(profile === 'test' ? promptHousekeeping : {}),
    ...more,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const oneNode = {
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'broker.heartbeat.interval.ms': 500,
}

const keepEverything = {
  'auto.create.topics.enable': false,
  'log.retention.ms': -1,
  'log.retention.bytes': -1,
  // Ten years: a unit switched off for a month must not lose its place.
  'offsets.retention.minutes': 5_256_000,
}

const small = {
  'num.partitions': 6,
  'offsets.topic.num.partitions': 1,
  // All of it is read at each start; only what is not the newest segment is compacted.
  'offsets.topic.segment.bytes': 1_048_576,
  'transaction.state.log.num.partitions': 4,
  // Above what a start takes until the broker is unfenced (3.5 s were seen): before that Kafka 4.3 takes the partitions
  // of an open transaction for deleted, ends it without an abort marker, and the next commit of the same producer
  // makes what it wrote final.
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 5000,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
  'log.cleaner.dedupe.buffer.size': 2_097_152,
  'log.cleaner.backoff.ms': 1000,
  'num.network.threads': 2,
  'num.io.threads': 4,
  'num.recovery.threads.per.data.dir': 2,
}

const promptHousekeeping = {
  'log.initial.task.delay.ms': 500,
  'log.cleaner.backoff.ms': 250,
  // Two index files a partition are laid out at this size; tests make hundreds of partitions.
  'log.index.size.max.bytes': 1_048_576,
}

// Java reads properties files as ISO 8859-1 and takes a backslash for an escape.
const escaped = (path: string): string =>
  path
    .replaceAll('\\', '\\\\')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
