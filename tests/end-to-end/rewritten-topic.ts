import kafkajs, { type Message } from 'kafkajs'
import { setTimeout as sleep } from 'node:timers/promises'
import { adminClient, withAdmin } from '#apps/platform/admin'
import type { KafkaSettings } from '#core/kafka'
import { openOffsetSource } from '#core/offset-source'
import type { InputRecord } from '#core/records'
import { recordsBetween } from '#core/records-between'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'

/** All committed records of a topic, partition by partition in their order. */
export async function allRecords(
  kafka: KafkaSettings,
  { name: topic }: AnyTopic,
): Promise<readonly InputRecord[]> {
  const offsets = await openOffsetSource(kafka)
  try {
    const places = (await offsets.partitionsOf(topic))!.map((partition) => ({ topic, partition }))
    const from = await offsets.beginnings(places)
    const ends = await offsets.ends(places)
    const all: InputRecord[] = []
    for await (const records of recordsBetween(kafka, { from, ends })) all.push(...records)
    return all
  } finally {
    await offsets.close()
  }
}

const headerBytes = 5

/** The value of a record in Avro. */
export const valueIn = <Value>({ schema }: AnyTopic, { value }: InputRecord): Value =>
  codecOf(schema).decode(value!, headerBytes) as Value

/** The record with another value, under the schema that it was written with. */
export const withValue = (
  { schema }: AnyTopic,
  record: InputRecord,
  value: object,
): InputRecord => ({
  ...record,
  value: codecOf(schema).encode(value as never, record.value!.subarray(0, headerBytes)),
})

/** Writes records as a stranger: no transaction, and whichever partition they say. */
export async function writeAsStranger(
  kafka: KafkaSettings,
  records: readonly InputRecord[],
): Promise<void> {
  const producer = adminClient(kafka).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()
  const byTopic = new Map<string, Message[]>()
  for (const { topic, partition, key, value, headers } of records) {
    const message = { partition, key, value, headers: { ...headers } }
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), message])
  }
  for (const [topic, messages] of byTopic) await producer.send({ topic, messages })
  await producer.disconnect()
}

/** Puts other records into the place of all that a topic has, as somebody could who may do anything. */
export async function rewriteTopic(
  kafka: KafkaSettings,
  { name: topic }: AnyTopic,
  records: readonly InputRecord[],
): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    const numPartitions = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]!
      .partitions.length
    await admin.deleteTopics({ topics: [topic] })
    for (let tries = 0; (await admin.listTopics()).includes(topic) && tries < 100; tries++) {
      await sleep(50)
    }
    await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true })
  })
  await writeAsStranger(kafka, records)
}
