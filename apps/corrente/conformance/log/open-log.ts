import kafkajs from 'kafkajs'
import { findEncoding } from '#apps/corrente/conformance/log/find-encoding'
import { avroCodec, jsonCodec, type TrialCodec } from '#apps/corrente/conformance/log/trial-codec'
import type { Encoding, SeenEvent } from '#apps/corrente/conformance/observed'
import { textAt } from '#apps/corrente/conformance/read-event'
import { adminClient } from '#apps/platform/admin'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, TopicPartition } from '#core/records'
import { placeOf } from '#core/redrive'
import type { RegistrySettings } from '#core/registry'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { openTopicReader } from '#core/topic-reader'

/** The topic of payments as a run uses it. */
export interface TrialLog {
  readonly codec: TrialCodec
  /** Resolves once the brokers have it. */
  write(key: string, value: Buffer | null): Promise<void>
  /** From now on, what others write of this payment is kept. */
  watch(paymentId: string): void
  /** Events of the kit's own, which are not kept. */
  own(eventId: string): void
  /** What others wrote of the payment, in order. Throws where the topic cannot be read any more. */
  eventsOf(paymentId: string): readonly SeenEvent[]
  close(): Promise<void>
}

/** Where the topic is and how it is written; found where not said. */
export interface LogPlace {
  readonly kafka: KafkaSettings
  readonly registry?: RegistrySettings | undefined
  readonly topic: string
  readonly encoding?: Encoding | undefined
}

/** Opens the topic for reading from its end, committed records only. Throws a sentence where it is not there. */
export async function openTrialLog(place: LogPlace): Promise<TrialLog> {
  const { kafka, topic } = place
  const offsets = await openOffsetSource(kafka)
  try {
    const numbers = await offsets.partitionsOf(topic)
    if (!numbers)
      throw new Error(`topic ${topic} is missing on ${kafka.brokers}: name it by --topic`)
    const partitions = numbers.map((partition) => ({ topic, partition }))
    return await opened(place, await codecFor(place, offsets, partitions), {
      beginnings: await offsets.ends(partitions),
    })
  } finally {
    await offsets.close()
  }
}

async function codecFor(
  { kafka, registry, topic, encoding }: LogPlace,
  offsets: OffsetSource,
  partitions: readonly TopicPartition[],
): Promise<TrialCodec> {
  const found = encoding ?? (await findEncoding(kafka, offsets, partitions))
  if ((found ?? (registry ? 'avro' : 'json')) === 'json') return jsonCodec
  if (registry) return avroCodec(registry, topic)
  throw new Error(`${topic} is written in Avro: name the schema registry by --registry`)
}

async function opened(
  { kafka, topic }: LogPlace,
  codec: TrialCodec,
  { beginnings }: { readonly beginnings: Awaited<ReturnType<OffsetSource['ends']>> },
): Promise<TrialLog> {
  const kept = new Map<string, SeenEvent[]>()
  const own = new Set<string>()
  let broken: Error | undefined

  const keep = async (record: InputRecord) => {
    const value = record.value && (await codec.decode(record.value))
    const events = value && kept.get(textAt(value, 'id') ?? '')
    if (!value || !events || own.has(textAt(value, 'event_id') ?? '')) return
    events.push({ at: placeOf(record), value })
  }
  const reader = await openTopicReader(kafka, {
    beginnings,
    async onRecords(records) {
      for (const record of records) await keep(record)
    },
  })
  // A reader that breaks says so by this promise only.
  reader
    .reached(beginnings.map((at) => ({ ...at, offset: Infinity })))
    .catch((error: unknown) => (broken = error as Error))
  const producer = adminClient(kafka).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  try {
    await producer.connect()
  } catch (error) {
    await reader.close()
    throw error
  }
  return {
    codec,
    write: async (key, value) => void (await producer.send({ topic, messages: [{ key, value }] })),
    watch: (paymentId) => void kept.set(paymentId, kept.get(paymentId) ?? []),
    own: (eventId) => void own.add(eventId),
    eventsOf(paymentId) {
      if (broken) throw new Error(`${topic} cannot be read on: ${broken.message}`)
      return [...(kept.get(paymentId) ?? [])]
    },
    close: async () => void (await Promise.all([producer.disconnect(), reader.close()])),
  }
}
