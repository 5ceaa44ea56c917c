import { columnsOf } from '#apps/ksql-standin/infer-columns'
import type { SchemaDirectory } from '#apps/ksql-standin/load/schema-directory'
import {
  errorCodes,
  genericError,
  KsqlError,
  statementError,
} from '#apps/ksql-standin/sql/ksql-error'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { CreateTable } from '#apps/ksql-standin/sql/syntax'
import {
  tableDefinition,
  type TableDefinition,
  withValueColumns,
} from '#apps/ksql-standin/sql/table-definition'
import type { TopicDirectory } from '#apps/ksql-standin/topic-directory'

export interface CreatePorts {
  readonly topics: TopicDirectory
  /** Undefined where no registry is configured. */
  readonly registry: SchemaDirectory | undefined
}

const valueFormats: readonly string[] = ['AVRO', 'JSON']
const keyFormats: readonly string[] = ['KAFKA', 'JSON']
const keyKinds: readonly string[] = ['STRING', 'INTEGER', 'BIGINT', 'DOUBLE']

/** What a CREATE SOURCE TABLE creates. Throws KsqlError where ksqlDB refuses it, and where this is not read here. */
export async function sourceOf(
  create: CreateTable,
  ports: CreatePorts,
): Promise<Omit<Source, 'relation'>> {
  const stated = tableDefinition(create)
  if (stated.valueFormat === 'AVRO' && !ports.registry) {
    throw genericError('there is no schema registry: set SCHEMA_REGISTRY_URL', 42801)
  }
  const topic = await ports.topics.find(stated.topic)
  if (!topic) throw genericError(`there is no topic ${stated.topic}`)
  const partitions = topic.replicas.length
  if (stated.partitions !== null && stated.partitions !== partitions) {
    throw new KsqlError(`topic ${topic.name} has ${partitions} partitions`, {
      code: errorCodes.server,
      statementText: create.text,
      isParseError: false,
    })
  }
  const definition = stated.isInferred ? await inferred(create, stated, ports) : stated
  refuseUnread(definition)
  const { name, columns, keyFormat, valueFormat, statement } = definition
  return { name, topic: topic.name, columns, keyFormat, valueFormat, statement, partitions }
}

/** What a table of ksqlDB's may be and one of ours is not. */
function refuseUnread(definition: TableDefinition): void {
  const { columns, keyFormat, valueFormat, timestamp, statement } = definition
  const refuse = (what: string) => {
    throw statementError(`this stand-in for ksqlDB reads ${what}`, statement)
  }
  if (!valueFormats.includes(valueFormat)) refuse(`values of ${valueFormats.join(' and ')} only`)
  if (!keyFormats.includes(keyFormat)) refuse(`keys of ${keyFormats.join(' and ')} only`)
  if (!keyKinds.includes(columns[0]?.type.kind ?? '')) refuse(`keys of ${keyKinds.join(', ')} only`)
  if (timestamp !== null) refuse('the time of the record itself, and no other column for it')
}

async function inferred(
  create: CreateTable,
  stated: TableDefinition,
  { registry }: CreatePorts,
): Promise<TableDefinition> {
  const refuse = (reason: string) => {
    // So early the server has not said yet how the topic is cleaned up.
    const statement = stated.statement.replace(/CLEANUP_POLICY='[a-z]*', /, '')
    throw statementError(reason, statement)
  }
  const subject = `${stated.topic}-value`
  try {
    const schema = await registry?.latest(subject)
    if (!schema) return refuse(`the registry has no schema under ${subject}`)
    return withValueColumns(create, columnsOf(schema))
  } catch (error) {
    if (error instanceof KsqlError) throw error
    return refuse((error as Error).message)
  }
}
