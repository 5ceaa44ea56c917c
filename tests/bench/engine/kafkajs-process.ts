import { randomUUID } from 'node:crypto'
import kafkajs, { type KafkaMessage } from 'kafkajs'
import { codecOf } from '#schemas/codec'
import { formatDateTime } from '#schemas/values/date-time'
import { framed } from '#tests/bench/engine/bench-events'
import { batchRecordsMax, endWithParent, loopSpec } from '#tests/bench/engine/loop-spec'

/** The work of the unit without state, exactly once, with kafkajs: the same decoding, encoding and headers. */
const { unit, brokers, eventId } = loopSpec()
endWithParent()

const events = codecOf('corrente.payments.PaymentAnomaly')
const client = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.ERROR })
const producer = client.producer({
  transactionalId: `${unit.name}-0`,
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
})
const consumer = client.consumer({
  groupId: unit.name,
  readUncommitted: false,
  maxWaitTimeInMs: 100,
})

function handled(partition: number, { offset, value, timestamp }: KafkaMessage) {
  const event = events.decode(value!, 5)
  const here = `${unit.input}/${partition}/${offset}`
  const output = {
    ...event,
    transaction_id: `${partition}/${offset}`,
    event_id: randomUUID(),
    event_created_at: formatDateTime(new Date(Number(timestamp))),
    app_id: `${unit.name}:1`,
  }
  const headers = {
    'correlation-id': event.event_id,
    'causation-id': event.event_id,
    'corrente-unit': unit.name,
    'corrente-origin': here,
  }
  return { key: output.payment_id, value: framed(eventId, events.encode(output)), headers }
}

await producer.connect()
await consumer.connect()
await consumer.subscribe({ topic: unit.input, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch: { topic, partition, messages } }) => {
    for (let at = 0; at < messages.length; at += batchRecordsMax) {
      const taken = messages.slice(at, at + batchRecordsMax)
      const transaction = await producer.transaction()
      const outputs = taken.map((message) => handled(partition, message))
      await transaction.send({ topic: unit.output, messages: outputs })
      const offset = String(Number(taken.at(-1)!.offset) + 1)
      const partitions = [{ partition, offset }]
      await transaction.sendOffsets({
        consumerGroupId: unit.name,
        topics: [{ topic, partitions }],
      })
      await transaction.commit()
    }
  },
})
