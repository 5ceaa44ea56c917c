import { type Chapter, chapters } from '#apps/platform/inspection/chapters'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, Position } from '#core/records'
import type { OffsetSource } from '#core/offset-source'
import { openTopicReader, type TopicReader } from '#core/topic-reader'
import type { Wire } from '#core/wire'
import { recordedTraceOf } from '#ports/trace-context'
import type { Payment, PaymentExchange, PaymentFact } from '#schemas/generated/types'

/** One event of a payment's story. */
export interface StoryEvent {
  /** `topic@partition:offset` */
  readonly at: string
  /** When the broker wrote it, of an exchange when it began by the clock of who noted it, milliseconds since the epoch. */
  readonly timestamp: number
  readonly what: string
  /** Who wrote it: application and version. */
  readonly by: string
  /** Version of the event's shape; absent where it has none, as rows do. */
  readonly version?: string | undefined
  /** Id of its schema in the registry; absent where it was written as plain JSON. */
  readonly schemaId?: number | undefined
  readonly payment: Payment | undefined
  readonly fact?: PaymentFact | undefined
  readonly exchange?: PaymentExchange | undefined
  /** The trace it is in, where that was recorded. */
  readonly trace?: string | undefined
}

/** Picks the events of one application or payment; each name it learns finds more. */
export class Story {
  readonly #names: Set<string>

  constructor(id: string) {
    this.#names = new Set([id])
  }

  /** The event, where the record belongs to the story. */
  read(wire: Wire, record: InputRecord): StoryEvent | undefined {
    const chapter = chapters.find(({ topic }) => topic.name === record.topic)
    if (!chapter || record.value === null) return undefined
    if (chapter.isKeyed && !this.#names.has(record.key ?? '')) return undefined
    const told = this.#told(wire, chapter, record)
    if (!told) return undefined
    const names = [told.application, told.payment].filter((name) => name !== undefined)
    if (!names.some((name) => this.#names.has(name))) return undefined
    for (const name of names) this.#names.add(name)
    return {
      at: `${record.topic}@${record.partition}:${record.offset}`,
      // It is written some time after it is over.
      timestamp: told.exchange?.started_at ?? record.timestamp,
      what: told.what,
      by: told.by ?? record.headers['corrente-unit'] ?? 'unknown',
      version: told.version,
      schemaId: schemaIdIn(record.value),
      payment: told.event,
      fact: told.fact,
      exchange: told.exchange,
      trace: recordedTraceOf(record.headers),
    }
  }

  #told(wire: Wire, { topic, tell }: Chapter, record: InputRecord) {
    try {
      const decoded = wire.decode(topic, record.value, record.key)
      if (decoded.kind !== 'value') return undefined
      const { event_version } = decoded.value as { readonly event_version?: string }
      return { ...tell(decoded.value as never), version: event_version }
    } catch {
      // What cannot be read is somebody's dead letter; it is no event of this story.
      return undefined
    }
  }
}

/** The registry's id of the schema that bytes of Avro begin with. */
const schemaIdIn = (bytes: Buffer): number | undefined =>
  bytes.length > 5 && bytes[0] === 0 ? bytes.readUInt32BE(1) : undefined

/** The partitions a story runs over. */
export async function storyPartitions(offsets: OffsetSource) {
  const found = await Promise.all(
    chapters.map(async ({ topic }) =>
      ((await offsets.partitionsOf(topic.name)) ?? []).map((partition) => ({
        topic: topic.name,
        partition,
      })),
    ),
  )
  return found.flat()
}

/** Reads a story's topics from the positions on and hands over its events. */
export const openStory = (
  kafka: KafkaSettings,
  wire: Wire,
  given: {
    readonly story: Story
    readonly beginnings: readonly Position[]
    readonly onEvent: (event: StoryEvent) => void
  },
): Promise<TopicReader> =>
  openTopicReader(kafka, {
    beginnings: given.beginnings,
    async onRecords(records) {
      await wire.prepareRead(records.map(({ value }) => value))
      for (const record of records) {
        const event = given.story.read(wire, record)
        if (event) given.onEvent(event)
      }
    },
  })

/** One line of a story, `sinceMs` after its first event. */
export const storyLine = (
  { at, timestamp, what, by, version }: StoryEvent,
  startMs: number,
): string => {
  const sinceStart = String(Math.max(0, timestamp - startMs)).padStart(6)
  const shape = version === undefined ? '' : `, event ${version}`
  return `+${sinceStart} ms  ${at.padEnd(30)} ${what}  (${by}${shape})`
}
