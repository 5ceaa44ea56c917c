import type { Table } from '#apps/ksql-standin/catalog'
import type { Command } from '#apps/ksql-standin/database/source-store'
import { fieldEntity } from '#apps/ksql-standin/statements/schema-entity'

/** One member of the answer of `/ksql`. */
export type Entity = Readonly<Record<string, unknown>>

const entity = (type: string, statementText: string, members: object): Entity => ({
  '@type': type,
  statementText,
  ...members,
  warnings: [],
})

/** What a statement that changes something is answered with. */
export const currentStatus = (
  statementText: string,
  { id, message, queryId, number }: Command,
): Entity =>
  entity('currentStatus', statementText, {
    commandId: id,
    commandStatus: { status: 'SUCCESS', message, queryId },
    commandSequenceNumber: number,
  })

export const warning = (statementText: string, message: string): Entity =>
  entity('warning_entity', statementText, { message })

export const tables = (statementText: string, all: readonly Table[]): Entity =>
  entity('tables', statementText, {
    tables: all.map(({ source: { name, topic, keyFormat, valueFormat } }) => ({
      type: 'TABLE',
      name,
      topic,
      keyFormat,
      valueFormat,
      isWindowed: false,
    })),
  })

export const streams = (statementText: string): Entity =>
  entity('streams', statementText, { streams: [] })

export const types = (statementText: string): Entity =>
  entity('type_list', statementText, { types: {} })

export const variables = (
  statementText: string,
  all: readonly (readonly [name: string, value: string])[],
): Entity =>
  entity('variables', statementText, {
    variables: all.map(([name, value]) => ({ name, value })),
  })

export const properties = (
  statementText: string,
  all: readonly (readonly [name: string, value: string])[],
): Entity =>
  entity('properties', statementText, {
    properties: all.map(([name, value]) => ({
      name,
      scope: 'KSQL',
      value,
      editable: name.startsWith('ksql.query.pull.'),
      level: 'SERVER',
    })),
  })

/** A topic and the number of copies of each of its partitions. */
export interface ListedTopic {
  readonly name: string
  readonly replicas: readonly number[]
}

export const topics = (
  statementText: string,
  all: readonly ListedTopic[],
  isExtended: boolean,
): Entity =>
  entity(isExtended ? 'kafka_topics_extended' : 'kafka_topics', statementText, {
    topics: all.map(({ name, replicas }) => ({
      name,
      replicaInfo: replicas,
      ...(isExtended ? { consumerCount: 0, consumerGroupCount: 0 } : {}),
    })),
  })

const fillingQuery = ({ source, queryId }: Table) => ({
  queryString: source.statement,
  sinks: [],
  sinkKafkaTopics: [],
  id: queryId,
  statusCount: { RUNNING: 1 },
  queryType: 'PERSISTENT',
  state: 'RUNNING',
})

export const queries = (statementText: string, all: readonly Table[]): Entity =>
  entity('queries', statementText, { queries: all.map(fillingQuery) })

const description = (table: Table, replication: number, isExtended: boolean) => {
  const { name, columns, keyFormat, valueFormat, topic, partitions, statement } = table.source
  return {
    name,
    windowType: null,
    readQueries: [fillingQuery(table)],
    writeQueries: [],
    fields: columns.map(fieldEntity),
    type: 'TABLE',
    timestamp: '',
    statistics: '',
    errorStats: '',
    extended: isExtended,
    keyFormat,
    valueFormat,
    topic,
    partitions,
    replication,
    statement,
    queryOffsetSummaries: [],
    sourceConstraints: [],
    clusterStatistics: [],
    clusterErrorStats: [],
  }
}

interface Described {
  readonly table: Table
  /** Copies of the topic's partitions. */
  readonly replication: number
}

export const sourceDescription = (
  statementText: string,
  { table, replication }: Described,
  isExtended: boolean,
): Entity =>
  entity('sourceDescription', statementText, {
    sourceDescription: description(table, replication, isExtended),
  })

export const sourceDescriptions = (statementText: string, all: readonly Described[]): Entity =>
  entity('source_descriptions', statementText, {
    sourceDescriptions: all.map(({ table, replication }) => description(table, replication, true)),
  })
