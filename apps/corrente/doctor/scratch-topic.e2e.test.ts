import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openScratchTopic } from '#apps/corrente/doctor/scratch-topic'
import { withAdmin } from '#apps/platform/admin'
import { readWitnesses } from '#apps/platform/witnesses'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'

const kafka = { brokers: inject('stack').brokers }
let offsets: OffsetSource
beforeAll(async () => (offsets = await openOffsetSource(kafka)))
afterAll(() => offsets.close())

const keysOf = async (topic: string) =>
  (await readWitnesses({ kafka, offsets }, topic)).rows.map(({ key }) => key).sort()

describe('the record that the doctor aborts', () => {
  it('is seen by whoever reads what is not committed, and by nobody else', async () => {
    await withAdmin(kafka, async (admin) => {
      const topic = await openScratchTopic(kafka, admin)
      await topic.writeAborted('aborted', 'x')
      expect(await keysOf(topic.name)).toEqual([])
      await topic.write('committed', 'x')
      expect(await keysOf(topic.name)).toEqual(['committed'])
      expect(await uncommittedKeys(topic.name)).toEqual(['aborted', 'committed'])
      await topic.remove()
      expect(await admin.listTopics()).not.toContain(topic.name)
    })
  })
})

/** What a reader sees that reads what is not committed, as ksqlDB does unless it is told otherwise. */
async function uncommittedKeys(topic: string): Promise<readonly string[]> {
  const consumer = new kafkajs.Kafka({
    brokers: kafka.brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  }).consumer({ groupId: topic, readUncommitted: true })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const keys: string[] = []
  await new Promise<void>((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing came')), 30_000).unref()
    void consumer.run({
      eachMessage: async ({ message }) => {
        if (keys.push(String(message.key)) === 2) resolve()
      },
    })
  })
  await consumer.disconnect()
  return keys
}
