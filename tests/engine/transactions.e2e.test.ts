import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { connect, disconnect, newConsumer } from '#core/kafka'
import { openTransactions, TransactionError } from '#core/transactions'
import { newScene, seen } from '#tests/engine/scene'

it('a transaction one of whose records Kafka refuses is not committed, and the next one is', async () => {
  const scene = await newScene({ partitions: 1 })
  await scene.apply()
  const { kafka, topics } = scene
  const group = `transactions-${scene.suffix}`
  const consumer = newConsumer(kafka, { group })
  await connect(consumer, kafka)
  const positions = [{ topic: topics.input.name, partition: 0, offset: 0 }]
  const record = (value: Buffer) => ({
    topic: topics.output.name,
    partition: 0,
    key: randomUUID(),
    value,
    headers: {},
  })
  try {
    const refused = await openTransactions(kafka, `${group}-0`, topics.input.name)
    await refused.begin(consumer, positions)
    await refused.write(record(Buffer.from('beside it')))
    // The client lets it through, the topic does not: a dead letter may be larger than an emission.
    await refused.write(record(Buffer.alloc(1_500_000, 'x')))
    await expect(refused.commit()).rejects.toThrow(TransactionError)
    await refused.close()

    const next = await openTransactions(kafka, `${group}-0`, topics.input.name)
    await next.begin(consumer, positions)
    await next.write(record(Buffer.from('after it')))
    await next.commit()
    await next.close()
    const found = await seen(scene, topics.output.name, 1)
    expect(found.map(({ bytes }) => String(bytes))).toEqual(['after it'])
  } finally {
    await disconnect(consumer)
  }
})
