import { setTimeout as sleep } from 'node:timers/promises'
import { called, connect, disconnect, enqueue, type KafkaSettings, newProducer } from '#core/kafka'

/** Writes records at a steady pace, whatever comes of them. */
export interface OpenLoop {
  /** Records written so far; the next one has this number. */
  sent(): number
  /** When the record with this number was due (`performance.now()`), also where it was written late. */
  dueAtMs(sequence: number): number
  /** Ends it; every record was acknowledged when it resolves. */
  stop(): Promise<void>
}

/** What is written where, and how often. */
export interface Stream {
  readonly topic: string
  readonly perSecond: number
  readonly content: (sequence: number) => { readonly key: string; readonly value: Buffer }
}

/** Begins at once, with record 0. */
export async function startOpenLoop(
  kafka: KafkaSettings,
  { topic, perSecond, content }: Stream,
): Promise<OpenLoop> {
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
        const record = { topic, partition: null, headers: {}, ...content(sent) }
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
