import { describe, expect, it } from 'vitest'
import { cluster, ExampleStore, exampleTopic } from '#core/example-projection'
import { input } from '#core/example-unit'
import { projectionStart, ProjectionStoppedError } from '#core/projection-start'

const projection = { name: 'example', topic: input }
const topic = input.name

function scene() {
  const store = new ExampleStore()
  const { offsets, write, beginAt } = exampleTopic()
  write(0, 'good', 'good', 'good', 'good')
  write(1, 'good')
  const starting = { store, offsets, cluster: async () => cluster }
  return { store, offsets, starting, beginAt, begun: () => projectionStart(projection, starting) }
}

describe('where a projection reads on', () => {
  it('is the beginning of a topic that it has never read, which the store keeps', async () => {
    const { store, beginAt, begun } = scene()
    beginAt(1)
    const positions = [0, 1].map((partition) => ({ topic, partition, offset: 1 }))
    expect(await begun()).toEqual(positions)
    expect(await store.positions()).toEqual(positions.map((at) => ({ ...at, cluster })))
  })

  it('is where the store stands, up to the end', async () => {
    const { store, begun } = scene()
    store.stand({ topic, partition: 0, offset: 4 })
    store.stand({ topic, partition: 1, offset: 0 })
    expect((await begun()).map(({ offset }) => offset)).toEqual([4, 0])
  })

  it.each([
    ['behind its end', 5, 0, 'up to offset 5 of in/0, and the log goes from 0 to 4'],
    ['before its beginning', 1, 2, 'up to offset 1 of in/0, and the log goes from 2 to 4'],
  ])('is nowhere when the store stands outside the log, %s', async (_, offset, base, sentence) => {
    const { store, beginAt, begun } = scene()
    store.stand({ topic, partition: 0, offset })
    store.stand({ topic, partition: 1, offset: 1 })
    beginAt(base)
    await expect(begun()).rejects.toThrow(ProjectionStoppedError)
    await expect(begun()).rejects.toThrow(sentence)
    await expect(begun()).rejects.toThrow('how to build anew')
  })

  it('is nowhere in another cluster, where the same offset is another record', async () => {
    const { store, begun } = scene()
    store.stand({ topic, partition: 0, offset: 1, cluster: 'theirs' })
    await expect(begun()).rejects.toThrow(ProjectionStoppedError)
    await expect(begun()).rejects.toThrow('made from the Kafka cluster theirs, and this is ours')
  })

  it('is nowhere when the partitions are others, since keys have moved', async () => {
    const { store, begun } = scene()
    store.stand({ topic, partition: 0, offset: 1 })
    await expect(begun()).rejects.toThrow(ProjectionStoppedError)
    await expect(begun()).rejects.toThrow('has 2 partitions, and had 1 when the projection began')
  })

  it('waits for a topic that is missing', async () => {
    const { offsets, begun } = scene()
    offsets.partitionsOf = async () => undefined
    const refused = await begun().catch((error: unknown) => error)
    expect(refused).not.toBeInstanceOf(ProjectionStoppedError)
    expect((refused as Error).message).toBe('topic in is missing: run corrente topics apply')
  })
})
