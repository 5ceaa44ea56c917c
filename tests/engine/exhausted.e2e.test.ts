import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { deadLetterTopic } from '#core/dead-letter'
import { RejectedError, TransientError } from '#core/errors'
import { courierOf } from '#tests/engine/courier'
import { event, newScene, produce, seen } from '#tests/engine/scene'
import { seenEvents } from '#tests/engine/seen-events'

const id = randomUUID()

/** A payment whose first event gets no answer, three times; its second one does. */
async function exhaustedBy(exhausted?: (attempts: number, reason: string) => Promise<string>) {
  const scene = await newScene({ partitions: 1 })
  const given = {
    async call(_: string, message: string) {
      if (message === 'first') throw new TransientError('no answer', { isOfParty: false })
    },
    attemptsMax: 3,
  }
  const unit = courierOf(scene.suffix, 1, { ...given, ...(exhausted && { exhausted }) })
  await scene.apply([unit])
  const { input } = scene.topics
  const written = ['first', 'second'].map((message) => {
    return { key: id, value: scene.bytesOf(input, event(id, message)) }
  })
  await produce(scene, input.name, written)
  const running = await scene.run([unit])
  return {
    letters: (count: number) => seen(scene, deadLetterTopic(unit.name), count),
    async told(count: number) {
      const found = await seenEvents(scene, 'output', count)
      return found.map(({ event }) => `${event.message} ${event.kind}`)
    },
    drain: () => running.drain(),
  }
}

// Each test has topics and units of its own: what they wait for, they wait for side by side.
describe.concurrent('a record whose tries are used up', () => {
  it('ends in the word of the domain, told how often it was tried and what the last try met', async () => {
    const asked: unknown[] = []
    const { told, letters, drain } = await exhaustedBy(async (...given) => {
      asked.push(given)
      return 'given up'
    })
    try {
      expect(await told(2)).toEqual(['first given up', 'second called'])
      expect([asked, await letters(0)]).toEqual([[[3, 'no answer']], []])
    } finally {
      await drain()
    }
  })

  it('is asked about again while nobody knows what became of it, and its payment waits', async () => {
    let asked = 0
    const { told, drain } = await exhaustedBy(async () => {
      asked += 1
      if (asked < 4) throw new TransientError('nobody knows')
      return 'done after all'
    })
    try {
      expect(await told(2)).toEqual(['first done after all', 'second called'])
      expect(asked).toBe(4)
    } finally {
      await drain()
    }
  })

  it.each([
    ['where there is no such word', undefined, 'exhausted'],
    [
      'where the word is no',
      () => Promise.reject(new RejectedError('surely-refused', 'it was refused')),
      'surely-refused',
    ],
  ])('is a dead letter %s, and its payment goes on', async (_where, exhausted, error) => {
    const { told, letters, drain } = await exhaustedBy(exhausted)
    try {
      expect(await told(1)).toEqual(['second called'])
      const [letter] = await letters(1)
      expect(letter?.headers).toMatchObject({ 'dlq.error': error, 'dlq.offset': '0' })
    } finally {
      await drain()
    }
  })
})
