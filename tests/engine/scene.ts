import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { inject } from 'vitest'
import { adminClient } from '#apps/platform/admin'
import { registerSchemas } from '#apps/platform/contracts'
import { applyTopics } from '#apps/platform/topics'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import { schemaSource } from '#core/registry'
import { type RunningUnits, type RunOptions, runUnits } from '#core/run-units'
import { topicPlan } from '#core/topic-plan'
import { engineTopicsOf } from '#core/unit-topics'
import { counterOf, topicsOf } from '#tests/engine/counter'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'

/** A record as an independent reader sees it, committed only. */
export interface Seen {
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly bytes: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

/** Waits until the condition holds; fails with what is said after `limitMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + limitMs
  // A broker on its way back answers "not yet" in many words; the client calls them retriable.
  const isSo = async () => {
    try {
      return await holds()
    } catch (error) {
      if ((error as kafkajs.KafkaJSError).retriable) return false
      throw error
    }
  }
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms for: ${what}`)
    await sleep(50)
  }
}

/** Topics and names of one test, on the shared broker. */
export async function newScene({ partitions = 3 } = {}) {
  const { brokers, registryUrl } = inject('stack')
  const suffix = randomBytes(4).toString('hex')
  const topics = topicsOf(suffix, partitions)
  const kafka = { brokers }
  const counter = counterOf(suffix, partitions)
  const registry = schemaSource({ url: registryUrl })
  const all: readonly AnyTopic[] = Object.values(topics)
  // On a busy broker the client does not find at once what it has just created.
  const apply = async (units: readonly Unit[] = [counter], wanted = all) => {
    await until('topics', async () => !!(await applyTopics(kafka, topicPlan(wanted, units))))
    await registerSchemas(registry, units.flatMap(engineTopicsOf))
  }
  const ids = new Map(
    (await registerSchemas(registry, all)).map(({ subject, id }) => [subject, id]),
  )
  const client = adminClient(kafka)

  const bytesOf = (topic: AnyTopic, value: object): Buffer => {
    const header = Buffer.alloc(5)
    header.writeUInt32BE(ids.get(`${topic.name}-value`)!, 1)
    return Buffer.concat([header, codecOf(topic.schema).encode(value as never)])
  }
  return {
    suffix,
    topics,
    counter,
    kafka,
    brokers,
    registryUrl,
    registry,
    client,
    apply,
    bytesOf,
    run: (units: readonly Unit[] = [counter], options: Partial<RunOptions> = {}) =>
      runUnits({
        units,
        kafka,
        wire: { format: 'avro', registry, jsonTopics: [] },
        slot: '0',
        from: 'earliest',
        metrics: newMetrics(),
        log: silentLog,
        appVersion: '0.1.0',
        state: 'memory',
        ...options,
      }),
  }
}
export type Scene = Awaited<ReturnType<typeof newScene>>

/** An input event; `message` is its number among the events of its payment. */
export const event = (payment_id: string, message: string, kind = 'count') => ({
  payment_id,
  kind,
  message,
  status: null,
  connector: null,
  tenant_id: null,
  amount: null,
  transaction_id: null,
  paid_at: null,
  fact_event_id: randomUUID(),
  event_id: randomUUID(),
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'test:1',
})

/** Writes records with a foreign producer, in order. */
export async function produce(
  { client }: Scene,
  topic: string,
  messages: readonly kafkajs.Message[],
  compression = kafkajs.CompressionTypes.None,
): Promise<void> {
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner
  // Not doubled by its own retries: the checker counts.
  const producer = client.producer({ createPartitioner, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  for (let at = 0; at < messages.length; at += 1_000) {
    const chunk = messages.slice(at, at + 1_000)
    await producer.send({ topic, messages: chunk, compression })
  }
  await producer.disconnect()
}

/** `perKey` numbered events for each of the payments, interleaved. */
export const numbered = (scene: Scene, ids: readonly string[], perKey: number, first = 0) =>
  Array.from({ length: perKey }, (_, n) =>
    ids.map((id) => ({
      key: id,
      value: scene.bytesOf(scene.topics.input, event(id, String(first + n))),
    })),
  ).flat()

/** Reads committed records with a foreign consumer until there are enough, and a little longer for doubles. */
export async function seen(
  { client }: Scene,
  topic: string,
  enough: number | ((found: readonly Seen[]) => boolean),
  { quietMs = 400, limitMs = 30_000 } = {},
): Promise<readonly Seen[]> {
  const consumer = client.consumer({ groupId: `check-${randomUUID()}`, maxWaitTimeInMs: 100 })
  const found: Seen[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ partition, message: { offset, key, value, headers = {} } }) => {
      const texts = Object.entries(headers).map(([name, text]) => [name, String(text)])
      found.push({
        partition,
        offset: Number(offset),
        key: String(key),
        bytes: value,
        headers: Object.fromEntries(texts) as Record<string, string>,
      })
    },
  })
  try {
    const isEnough = () => (typeof enough === 'number' ? found.length >= enough : enough(found))
    await until(`enough records on ${topic}`, isEnough, limitMs).catch((error: Error) => {
      throw new Error(`${error.message}, found ${found.length}`)
    })
    await sleep(quietMs)
  } finally {
    await consumer.disconnect()
  }
  return found
}

/** The state of the only unit. */
export const stateOf = (running: RunningUnits) => running.status()[0]!
