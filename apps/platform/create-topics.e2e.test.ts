import { randomBytes } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import { adminClient, withAdmin } from '#apps/platform/admin'
import { createTopics } from '#apps/platform/create-topics'
import { until } from '#tests/until'

const kafka = { brokers: inject('stack').brokers }
const bounds = { msMax: 30_000, signal: new AbortController().signal }

/** How many records each partition has, in their order. */
const countsIn = (topic: string) =>
  withAdmin(kafka, async (admin) => {
    const ends = await admin.fetchTopicOffsets(topic)
    ends.sort((one, other) => one.partition - other.partition)
    return ends.map(({ high }) => Number(high))
  })

async function write(topic: string): Promise<void> {
  // Whatever it is told must be true at once: it tries nothing a second time.
  const producer = adminClient(kafka).producer({ retry: { retries: 0 } })
  await producer.connect()
  await producer.send({ topic, messages: [{ partition: 1, key: 'a', value: '1' }] })
  await producer.disconnect()
}

const gone = (topic: string) =>
  withAdmin(kafka, async (admin) => {
    await admin.deleteTopics({ topics: [topic] })
    const isGone = async () => !(await admin.listTopics()).includes(topic)
    await until('the topic to be gone', isGone, bounds)
  })

describe('a topic that was created', () => {
  it('is written to at once, also where it was deleted a moment before', async () => {
    const topic = `created-${randomBytes(4).toString('hex')}`
    for (let round = 0; round < 10; round++) {
      await createTopics(kafka, [{ topic, numPartitions: 2 }])
      await write(topic)
      expect(await countsIn(topic)).toEqual([0, 1])
      await gone(topic)
    }
  })

  it('is left as it is where it was there before', async () => {
    const topic = `created-${randomBytes(4).toString('hex')}`
    await createTopics(kafka, [{ topic, numPartitions: 2 }])
    await write(topic)
    const other = `${topic}-other`
    await createTopics(kafka, [
      { topic: other, numPartitions: 1 },
      { topic, numPartitions: 5 },
    ])
    expect(await countsIn(topic)).toEqual([0, 1])
    expect(await countsIn(other)).toEqual([0])
  })
})
