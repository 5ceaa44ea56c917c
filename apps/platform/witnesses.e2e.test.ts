import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { adminClient } from '#apps/platform/admin'
import { createTopics } from '#apps/platform/create-topics'
import { readWitnesses } from '#apps/platform/witnesses'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'

const kafka = { brokers: inject('stack').brokers }
let offsets: OffsetSource
beforeAll(async () => (offsets = await openOffsetSource(kafka)))
afterAll(() => offsets.close())

type Message = readonly [partition: number, key: string | null, value: string | null]

async function topicWith(partitions: number, ...batches: readonly (readonly Message[])[]) {
  const topic = `witnessed-${randomBytes(4).toString('hex')}`
  await createTopics(kafka, [{ topic, numPartitions: partitions }])
  const producer = adminClient(kafka).producer()
  await producer.connect()
  for (const batch of batches) {
    const messages = batch.map(([partition, key, value]) => ({ partition, key, value }))
    await producer.send({ topic, messages })
  }
  await producer.disconnect()
  return topic
}

const keysOf = async (topic: string) =>
  (await readWitnesses({ kafka, offsets }, topic)).rows.map(({ key }) => key).sort()

describe('the rows that a table must show', () => {
  it('are the last of each partition that stand, and none of one without rows', async () => {
    const topic = await topicWith(
      4,
      [
        [0, 'a', '1'],
        [0, 'b', '1'],
        [0, 'a', '2'],
        [1, 'c', '1'],
        [1, 'd', '1'],
        [1, 'd', null],
        [2, 'e', '1'],
        [2, 'e', null],
      ],
      [[0, null, 'no row']],
    )
    const before = Date.now()
    const { takenAtMs, rows } = await readWitnesses({ kafka, offsets }, topic)
    expect(rows.map(({ key }) => key).sort()).toEqual(['a', 'c'])
    expect(takenAtMs).toBeGreaterThanOrEqual(before)
    for (const { rowtimeMs } of rows) expect(Math.abs(rowtimeMs - before)).toBeLessThan(60_000)
  })

  it('are found however many were deleted behind them', async () => {
    const gone = Array.from({ length: 300 }, (_, at): Message => [0, `gone-${at}`, null])
    expect(await keysOf(await topicWith(1, [[0, 'kept', '1']], gone))).toEqual(['kept'])
  })

  it('are not known of a topic that does not exist', async () => {
    await expect(keysOf('witnessed-nothing')).rejects.toThrow('does not exist')
  })
})
