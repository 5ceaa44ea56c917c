import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, Position } from '#core/records'
import type { OffsetSource } from '#core/offset-source'
import { openTopicReader, type TopicReader } from '#core/topic-reader'
import type { Wire } from '#core/wire'
import type {
  Application,
  ApplicationUpdate,
  Payment,
  PaymentAnomaly,
  PaymentCurrent,
  PaymentFact,
  PaymentOpening,
} from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'

/** One event of a payment's story. */
export interface StoryEvent {
  /** `topic@partition:offset` */
  readonly at: string
  /** When the broker wrote it, milliseconds since the epoch. */
  readonly timestamp: number
  readonly what: string
  /** Who wrote it. */
  readonly by: string
  readonly payment: Payment | undefined
  readonly fact?: PaymentFact | undefined
}

interface Told {
  readonly application?: string
  readonly payment?: string
  readonly what: string
  readonly by?: string
  readonly event?: Payment
  readonly fact?: PaymentFact
}

interface Chapter {
  readonly topic: AnyTopic
  /** The record key is the payment's or the application's id: others need not be read. */
  readonly isKeyed?: true
  readonly tell: (value: never) => Told
}

/** The topics a payment passes, and what an event there says. Values are never personal. */
const chapters: readonly Chapter[] = [
  {
    topic: topics.applications,
    tell: ({ id, status, status_name, app_id }: Application) => ({
      application: id,
      what: `application ${id} at ${status} ${status_name}`,
      by: app_id,
    }),
  },
  {
    topic: topics.payments,
    tell: (value: Payment) => ({
      application: value.remote_id,
      payment: value.id,
      what: `${value.status}${isNotified(value) ? ', the Core was told' : ''}`,
      by: value.app_id,
      event: value,
    }),
  },
  {
    topic: topics.paymentOpenings,
    isKeyed: true,
    tell: ({ payment_id, connector, app_id }: PaymentOpening) => ({
      payment: payment_id,
      what: `open a debt position at ${connector}`,
      by: app_id,
    }),
  },
  {
    topic: topics.paymentFacts,
    isKeyed: true,
    tell: (fact: PaymentFact) => ({
      payment: fact.payment_id,
      what: factLine(fact),
      by: fact.app_id,
      fact,
    }),
  },
  {
    topic: topics.paymentAnomalies,
    isKeyed: true,
    tell: ({ payment_id, kind, app_id }: PaymentAnomaly) => ({
      payment: payment_id,
      what: `ANOMALY ${kind}`,
      by: app_id,
    }),
  },
  {
    topic: topics.paymentsCurrent,
    isKeyed: true,
    tell: ({ id, remote_id, status }: PaymentCurrent & { id: string }) => ({
      application: remote_id,
      payment: id,
      what: `row of the view: ${status}`,
    }),
  },
  {
    topic: topics.applicationUpdates,
    isKeyed: true,
    tell: ({ application_id, payment_id, status, app_id }: ApplicationUpdate) => ({
      application: application_id,
      payment: payment_id,
      what: status === 'RETRY' ? 'ask to try again' : `tell the Core ${status}`,
      by: app_id,
    }),
  },
]

function factLine(fact: PaymentFact): string {
  if (fact.type === 'Retried') return `Retried as ${fact.retried.retry_payment_id}`
  if (fact.type === 'RetryRefused') return `RetryRefused: ${fact.retry_refused.message}`
  return fact.type
}

const isNotified = ({ links }: Payment) => links.notify?.some(({ sent_at }) => sent_at) ?? false

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
      timestamp: record.timestamp,
      what: told.what,
      by: told.by ?? record.headers['corrente-unit'] ?? 'unknown',
      payment: told.event,
      fact: told.fact,
    }
  }

  #told(wire: Wire, { topic, tell }: Chapter, record: InputRecord) {
    try {
      const decoded = wire.decode(topic, record.value, record.key)
      return decoded.kind === 'value' ? tell(decoded.value as never) : undefined
    } catch {
      // What cannot be read is somebody's dead letter; it is no event of this story.
      return undefined
    }
  }
}

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
export const storyLine = ({ at, timestamp, what, by }: StoryEvent, startMs: number): string =>
  `+${String(Math.max(0, timestamp - startMs)).padStart(6)} ms  ${at.padEnd(30)} ${what}  (${by})`
