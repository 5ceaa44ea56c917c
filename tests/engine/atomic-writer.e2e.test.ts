import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openAtomicWriter } from '#core/atomic-writer'
import { recordBytesMax } from '#core/records'
import { newScene, seen } from '#tests/engine/scene'

/** Two topics of a test's own, and writers of one name. */
async function newWriting() {
  const scene = await newScene({ partitions: 1 })
  await scene.apply()
  const [one, other] = [scene.topics.input.name, scene.topics.published.name]
  const record = (topic: string, text: string | Buffer) => ({
    topic,
    partition: 0,
    key: 'k',
    value: Buffer.from(text),
    headers: {},
  })
  const open = () => openAtomicWriter(scene.kafka, `writer-${scene.suffix}`)
  const textsOn = async (topic: string, count: number) =>
    (await seen(scene, topic, count)).map(({ bytes }) => String(bytes))
  return { open, record, one, other, textsOn }
}

describe.concurrent('records that are written together', () => {
  it('are seen together or not at all', async () => {
    const { open, record, one, other, textsOn } = await newWriting()
    const writer = await open()
    try {
      const tooLarge = record(other, randomBytes(3 * recordBytesMax))
      await expect(writer.write([record(one, 'lost'), tooLarge])).rejects.toThrow()
    } finally {
      await writer.close()
    }
    const next = await open()
    await next.write([record(one, 'kept'), record(other, 'noted')])
    await next.write([record(one, 'kept too'), record(other, 'noted too')])
    await next.close()
    expect(await textsOn(one, 2)).toEqual(['kept', 'kept too'])
    expect(await textsOn(other, 2)).toEqual(['noted', 'noted too'])
  })

  it('are not written by one whose name another has taken', async () => {
    const { open, record, one, textsOn } = await newWriting()
    const first = await open()
    await first.write([record(one, 'of the first')])
    const second = await open()
    try {
      await expect(first.write([record(one, 'too late')])).rejects.toThrow(
        /^another process writes as writer-[0-9a-f]+, or Kafka was silent too long$/,
      )
      await second.write([record(one, 'of the second')])
    } finally {
      await Promise.all([first.close(), second.close()])
    }
    expect(await textsOn(one, 2)).toEqual(['of the first', 'of the second'])
  })
})
