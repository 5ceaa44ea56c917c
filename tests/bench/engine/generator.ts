import { setTimeout as sleep } from 'node:timers/promises'
import { called, connect, disconnect, enqueue, newProducer } from '#core/kafka'
import { benchEvent, eventBytes, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { fewKeys } from '#tests/bench/engine/loads'

/** Writes events at a steady pace, whatever comes of them: an open loop. */
export interface Generator {
  /** Events written so far; the next one has this number. */
  sent(): number
  /** When the event with this number was due (`performance.now()`), also where it was written late. */
  dueAtMs(sequence: number): number
  /** Ends it; every event was acknowledged when it resolves. */
  stop(): Promise<void>
}

/** Begins at once, with event 0. */
export async function startGenerator(
  { kafka, event }: BenchStack,
  topic: string,
  perSecond: number,
): Promise<Generator> {
  const producer = newProducer(kafka)
  await connect(producer, kafka)
  producer.setPollInterval(20)
  const beganAtMs = performance.now()
  const dueAtMs = (sequence: number) => beganAtMs + (sequence * 1_000) / perSecond
  let sent = 0
  let isEnding = false
  const write = async () => {
    while (!isEnding) {
      for (; dueAtMs(sent) <= performance.now(); sent++) {
        const key = keyOf(keyNumberOf(sent, fewKeys))
        const value = eventBytes(event.id, benchEvent(sent, key))
        const record = { topic, partition: null, key, value, headers: {} }
        if (!enqueue(producer, record)) throw new Error('the generator cannot keep its pace')
      }
      await sleep(1)
    }
  }
  const writing = write()
  // Whoever stops it hears of it; until then it must not end the process.
  writing.catch(() => undefined)
  return {
    sent: () => sent,
    dueAtMs,
    async stop() {
      isEnding = true
      try {
        await writing
        await called((done) => producer.flush(10_000, (error) => done(error, undefined)))
      } finally {
        await disconnect(producer)
      }
    },
  }
}
