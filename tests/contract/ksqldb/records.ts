import avsc from 'avsc'
import kafkajs, { type Producer } from 'kafkajs'
import { createTopics } from '#apps/platform/create-topics'
import type { Write } from '#tests/contract/ksqldb/cases'

/** Where the topics of the contract are. */
export interface Place {
  readonly brokers: string
  readonly registryUrl: string
}

/** Writes records as a program does that is not ours. */
export interface RecordWriter {
  write(writes: readonly Write[]): Promise<void>
  close(): Promise<void>
}

const nullable = (type: object | string) => ['null', type]
const detail = {
  type: 'record',
  name: 'payment_detail',
  fields: Object.entries({
    status: 'string',
    attempts: 'int',
    amount_minor: 'long',
    amount: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 },
    currency: 'string',
    debtor_name: 'string',
    created_at: 'string',
    creditor: {
      type: 'record',
      name: 'creditor',
      fields: ['name', 'iban', 'country'].map((name) => ({
        name,
        type: nullable('string'),
        default: null,
      })),
    },
  }).map(([name, type]) => ({ name, type: nullable(type), default: null })),
}

/** Decimals of two digits as text, longs as bigint. */
class DecimalText extends avsc.types.LogicalType {
  protected override _fromValue(bytes: Buffer): string {
    return bytes.toString('hex')
  }

  protected override _toValue(text: string): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64BE(BigInt(text.replace('.', '')))
    return bytes
  }
}

const long = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer(value: bigint) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: () => 0,
})

const detailType = avsc.Type.forSchema(structuredClone(detail) as avsc.Schema, {
  logicalTypes: { decimal: DecimalText },
  registry: { long },
})

const detailTopic = 'payments.detail'

/** Topics, as compacted ones, and the schema of the one in Avro. */
export async function prepareTopics(
  { brokers, registryUrl }: Place,
  partitions: Readonly<Record<string, number>>,
): Promise<RecordWriter> {
  const kafka = new kafkajs.Kafka({
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  })
  const topics = Object.entries(partitions).map(([topic, numPartitions]) => ({
    topic,
    numPartitions,
    configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
  }))
  await createTopics({ brokers }, topics)
  const id = await registered(registryUrl)
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  return {
    write: (writes) => writeAll(producer, writes, id),
    close: () => producer.disconnect(),
  }
}

async function registered(registryUrl: string): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/${detailTopic}-value/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(detail) }),
  })
  const { id } = (await response.json()) as { id?: number }
  if (id === undefined) throw new Error(`the registry answers ${response.status}`)
  return id
}

async function writeAll(producer: Producer, writes: readonly Write[], id: number): Promise<void> {
  for (const { topic, key, value, partition, timestamp } of writes) {
    const messages = [
      {
        key: keyOf(key),
        value: valueOf(value, id),
        ...(partition === undefined ? {} : { partition }),
        ...(timestamp === undefined ? {} : { timestamp: String(timestamp) }),
      },
    ]
    await producer.send({ topic, messages })
  }
}

function keyOf(key: string | number): string | Buffer {
  if (typeof key === 'string') return key
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(key)
  return bytes
}

function valueOf(value: Write['value'], id: number): Buffer | null {
  if (value === null) return null
  if (typeof value === 'string') return Buffer.from(value)
  const header = Buffer.alloc(5)
  header.writeUInt32BE(id, 1)
  const minor = value['amount_minor'] as string | null | undefined
  const long = minor === undefined || minor === null ? null : BigInt(minor)
  const row = { ...value, amount_minor: long }
  return Buffer.concat([header, detailType.toBuffer(row)])
}
