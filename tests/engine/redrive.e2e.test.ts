import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { derivedId } from '#core/identity'
import { callerOf } from '#tests/engine/counter'
import { rejecterOf } from '#tests/engine/rejecter'
import { event, newScene, produce, type Scene, seen, type Seen } from '#tests/engine/scene'
import { seenEvents } from '#tests/engine/seen-events'
import { deadLetterTopic } from '#core/dead-letter'
import { redriveTopic } from '#schemas/engine/unit-topics'

const id = randomUUID()
const written = ({ bytesOf, topics }: Scene, message: string, kind = 'count') => ({
  key: id,
  value: bytesOf(topics.input, event(id, message, kind)),
  headers: { 'correlation-id': `story of ${message}` },
})

/** Sends a letter back as it is: the same partition number, key, bytes and headers. */
const redrive = (scene: Scene, unit: string, letter: Seen, redrives: number) =>
  produce(scene, redriveTopic(unit), [
    {
      partition: letter.partition,
      key: letter.key,
      value: letter.bytes,
      headers: { ...letter.headers, 'dlq.redrives': String(redrives) },
    },
  ])

/** The ids a unit makes of the record a letter holds, worked out from the letter alone. */
const idOf = (unit: string, { headers, bytes }: Seen, ordinal: string) => {
  const [partition, offset, timestamp] = ['partition', 'offset', 'timestamp'].map((name) =>
    Number(headers[`dlq.${name}`]),
  ) as [number, number, number]
  const topic = headers['dlq.topic']!
  return derivedId(unit, { topic, partition, offset, timestamp, value: bytes }, ordinal)
}

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('a dead letter sent back', () => {
  it('is handled as the record that was first read; sent back again, it gives the same bytes', async () => {
    const scene = await newScene()
    const unit = rejecterOf(scene.suffix, 3)
    await scene.apply([unit])
    const { input } = scene.topics
    await produce(scene, input.name, [
      written(scene, 'first'),
      written(scene, 'refused', 'reject'),
      written(scene, 'last'),
    ])
    const refusing = await scene.run([unit])
    const [letter] = await seen(scene, deadLetterTopic(unit.name), 1).finally(() =>
      refusing.drain(),
    )
    await redrive(scene, unit.name, letter!, 1)
    const mended = await scene.run([rejecterOf(scene.suffix, 3, { isMended: true })])
    try {
      await seenEvents(scene, 'output', 3)
      await redrive(scene, unit.name, letter!, 1)
      const found = await seenEvents(scene, 'output', 4)
      // It comes last, on the rows of its partition, and from the place where it was first read.
      expect(found.map(({ event }) => [event.message, event.status])).toEqual([
        ['first', '1'],
        ['last', '2'],
        ['refused', '3'],
        ['refused', '4'],
      ])
      const [, , one, other] = found
      expect(one).toMatchObject({
        headers: {
          'correlation-id': 'story of refused',
          'corrente-origin': `${input.name}/${letter!.partition}/1`,
        },
        event: {
          event_id: idOf(unit.name, letter!, 'event/0'),
          fact_event_id: idOf(unit.name, letter!, 'id/0'),
          transaction_id: `${letter!.partition}/1`,
        },
      })
      // A reader that knows an event by its id counts it once.
      expect({ ...other!.event, status: '3' }).toEqual(one!.event)
    } finally {
      await mended.drain()
    }
  })

  it('that fails again is a dead letter of the same record, and says how often it was sent back', async () => {
    const scene = await newScene({ partitions: 1 })
    const unit = rejecterOf(scene.suffix, 1)
    await scene.apply([unit])
    await produce(scene, scene.topics.input.name, [
      written(scene, 'first'),
      written(scene, 'refused', 'reject'),
    ])
    const running = await scene.run([unit])
    try {
      const letters = deadLetterTopic(unit.name)
      const [first] = await seen(scene, letters, 1)
      await redrive(scene, unit.name, first!, 1)
      const [, second] = await seen(scene, letters, 2)
      const { headers } = first!
      expect(second).toMatchObject({ bytes: first!.bytes, key: id, partition: first!.partition })
      expect(second!.headers).toEqual({ ...headers, 'dlq.redrives': '1' })
    } finally {
      await running.drain()
    }
  })

  it('keeps its identity where it is parked on its way through a task', async () => {
    const scene = await newScene({ partitions: 1 })
    let tries = 0
    const unit = callerOf(scene.suffix, 1, async () => {
      tries += 1
      if (tries === 1) throw new TypeError('a bug')
      if (tries < 7) throw new TransientError('the party is away')
    })
    await scene.apply([unit])
    await produce(scene, scene.topics.input.name, [written(scene, 'called')])
    const running = await scene.run([unit])
    try {
      const [letter] = await seen(scene, deadLetterTopic(unit.name), 1)
      await redrive(scene, unit.name, letter!, 1)
      const [called] = await seenEvents(scene, 'output', 1)
      expect([tries, called?.event.event_id]).toEqual([7, idOf(unit.name, letter!, 'event/0')])
      expect(called?.headers['corrente-origin']).toBe(`${scene.topics.input.name}/0/0`)
    } finally {
      await running.drain()
    }
  })
})
