import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { withAdmin } from '#apps/platform/admin'
import { countedBy } from '#tests/engine/check-counts'
import { committed, handledOf } from '#tests/engine/group-offsets'
import { newScene, numbered, produce, type Scene, stateOf, until } from '#tests/engine/scene'
import { redriveTopic } from '#schemas/engine/unit-topics'

const id = randomUUID()
const applied = async () => {
  const scene = await newScene()
  await scene.apply()
  return scene
}
type Running = Parameters<typeof stateOf>[0]
const stops = async (running: Running) => {
  await until('it stops', () => stateOf(running).state === 'stopped')
  const { reason } = stateOf(running)
  await running.drain()
  return reason
}

/** As retention does in time. */
const emptied = (scene: Scene, topic: string) =>
  withAdmin(scene.kafka, async (admin) => {
    const ends = await admin.fetchTopicOffsets(topic)
    const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }))
    await admin.deleteTopicRecords({ topic, partitions })
  })

async function inTransaction({ client }: Scene, topic: string, messages: kafkajs.Message[]) {
  const transactionalId = randomUUID()
  const producer = client.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const transaction = await producer.transaction()
  await transaction.send({ topic, messages })
  await transaction.commit()
  await producer.disconnect()
}

// Topics and units of their own: what they wait for, they wait for side by side.
describe.concurrent('where a unit begins', () => {
  it('is never a guess: without offsets and without a word it stops', async () => {
    const scene = await applied()
    const reason = await stops(await scene.run(undefined, { from: undefined }))
    expect(reason).toMatch(/never ran and does not guess where to begin: start it once with --from/)
    expect(await committed(scene, scene.counter.name, scene.topics.input.name)).toEqual([
      -1, -1, -1,
    ])
  })

  it.each([
    ['the beginning', 'earliest', ['0', '1', '2', '3']],
    ['what comes from now on', 'latest', ['2', '3']],
    ['an instant', 'instant', ['1', '2', '3']],
  ] as const)('is %s when it is told so', async (_, point, expected) => {
    const scene = await applied()
    const { name } = scene.topics.input
    await produce(scene, name, numbered(scene, [id], 1, 0))
    await sleep(20)
    const instant = new Date()
    await produce(scene, name, numbered(scene, [id], 1, 1))
    const running = await scene.run(undefined, { from: point === 'instant' ? instant : point })
    await until('it runs', () => stateOf(running).state === 'running')
    await produce(scene, name, numbered(scene, [id], 1, 2))
    const downstream = await countedBy(scene, expected.length - 1)
    expect(downstream.get(id)?.map(([number]) => number)).toEqual(expected.slice(0, -1))
    await running.drain()
    // Started again it goes on where it was, whatever it is told.
    await produce(scene, name, numbered(scene, [id], 1, 3))
    const again = await scene.run(undefined, { from: 'latest' })
    const all = await countedBy(scene, expected.length)
    await again.drain()
    expect(all.get(id)?.map(([number]) => number)).toEqual(expected)
  })

  it('is not the first run again when its offsets were deleted', async () => {
    const scene = await applied()
    const running = await scene.run()
    await until('it runs', () => stateOf(running).state === 'running')
    await running.drain()
    await withAdmin(scene.kafka, async (admin) => {
      // A static member leaves its group only when its session ends.
      await until('the group is empty', async () => {
        const { groups } = await admin.describeGroups([scene.counter.name])
        return groups[0]?.state === 'Empty'
      })
      await admin.deleteGroups([scene.counter.name])
    })
    const reason = await stops(await scene.run(undefined, { from: 'earliest' }))
    expect(reason).toMatch(/has run before and has no committed offset .*: its offsets are lost/)
  })

  it('is refused when the partitions of its input have changed', async () => {
    const scene = await applied()
    const running = await scene.run()
    await until('it runs', () => stateOf(running).state === 'running')
    await running.drain()
    const grown = [
      scene.topics.input.name,
      scene.topics.counts.name,
      redriveTopic(scene.counter.name),
    ]
    await withAdmin(scene.kafka, (admin) =>
      admin.createPartitions({
        topicPartitions: grown.map((topic) => ({ topic, count: 4 })),
      }),
    )
    expect(await stops(await scene.run())).toMatch(/had 3 partitions when .* first ran and has 4/)
  })

  it('is refused outside the log', async () => {
    const scene = await applied()
    const { name } = scene.topics.input
    const running = await scene.run()
    await until('it runs', () => stateOf(running).state === 'running')
    await running.drain()
    await produce(scene, name, numbered(scene, [id], 5))
    await emptied(scene, name)
    expect(await stops(await scene.run())).toMatch(/is at offset 0 of .*: records were deleted/)
  })

  it('is behind the last transaction of its input, so that an emptied topic is no loss', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { name } = scene.topics.input
    await inTransaction(scene, name, numbered(scene, [id], 5))
    const running = await scene.run()
    // Five records and the marker, which is handed to nobody.
    await until('the marker is behind it', async () => (await handledOf(scene)) === 6)
    await running.drain()
    await emptied(scene, name)
    const again = await scene.run()
    await until('it runs', () => stateOf(again).state === 'running')
    await produce(scene, name, numbered(scene, [id], 1, 5))
    const downstream = await countedBy(scene, 6)
    await again.drain()
    expect(downstream.get(id)?.map(([number]) => number)).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  it('waits for a topic that is missing, and goes on once it is there', async () => {
    const scene = await newScene()
    await scene.apply([], [scene.topics.input, scene.topics.counts, scene.topics.tenants])
    const running = await scene.run()
    const { name } = scene.topics.output
    await until('it waits', () => stateOf(running).state === 'waiting')
    expect(stateOf(running).reason).toBe(
      `topic ${name} is missing on ${scene.brokers}: run corrente topics apply`,
    )
    await scene.apply()
    await until('it runs', () => stateOf(running).state === 'running')
    await running.drain()
  })
})
