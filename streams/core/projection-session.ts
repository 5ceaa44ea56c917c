import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { OffsetSource } from '#core/offset-source'
import { type Projection, projectionStart, ProjectionStoppedError } from '#core/projection-start'
import { type Applied, ProjectionWrites } from '#core/projection-writes'
import { type InputRecord, placeText, type Position } from '#core/records'
import { openTopicReader } from '#core/topic-reader'
import { unlessAborted } from '#core/unless-aborted'
import type { Wire } from '#core/wire'
import type { ProjectedRecord, ProjectionStore } from '#ports/projection-store'
import type { AnyTopic } from '#schemas/topic'

/** Everything a session works with. */
export interface SessionContext {
  readonly kafka: KafkaSettings
  readonly offsets: Pick<OffsetSource, 'partitionsOf' | 'beginnings' | 'ends'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly store: ProjectionStore
  /** Id of the Kafka cluster that is read. */
  readonly cluster: () => Promise<string>
  /** Aborted when the projection is to end. */
  readonly signal: AbortSignal
  /** It reads from here. */
  readonly onRunning: (positions: readonly Position[]) => void
  readonly onApplied: (applied: Applied) => void
  /** Told why it waits (the registry is away), and `undefined` once it goes on. */
  readonly onWaiting: (reason: string | undefined) => void
  /** How the topic is read; a test may read it from elsewhere than Kafka. */
  readonly openReader?: typeof openTopicReader
}

/**
 * One life of a projection: reads on from where the store stands, until something breaks or the signal aborts, and
 * throws then. The next one begins from the store's positions again, whatever the store has done of the last batch.
 */
export async function projectionSession(
  projection: Projection,
  context: SessionContext,
): Promise<never> {
  const { kafka, store, signal, onApplied, onRunning, openReader = openTopicReader } = context
  const positions = await projectionStart(projection, context)
  const writes = new ProjectionWrites({ store, positions, onApplied })
  const ending = new AbortController()
  const given = { ...context, writes, signal: AbortSignal.any([signal, ending.signal]) }
  const { topic } = projection
  const reader = await openReader(kafka, {
    beginnings: positions,
    isBulk: true,
    onRecords: (records) => project(topic, records, given),
    onReached: (reached) => writes.reached(reached),
  })
  const forever = positions.map((position) => ({ ...position, offset: Infinity }))
  try {
    onRunning(positions)
    await unlessAborted(signal, Promise.race([reader.reached(forever), writes.failed]))
    throw new Error('the topic has no end')
  } finally {
    ending.abort()
    await reader.close()
    await writes.flushed().catch(() => undefined)
  }
}

type Given = Omit<SessionContext, 'signal'> & {
  readonly writes: ProjectionWrites
  /** Aborted with the session. */
  readonly signal: AbortSignal
}

/** Puts records on their way to the store. Throws ProjectionStoppedError at one that cannot be read. */
async function project(
  topic: AnyTopic,
  records: readonly InputRecord[],
  { wire, writes, store, signal, onWaiting }: Given,
): Promise<void> {
  await readable(wire, records, { signal, onWaiting })
  const decoded: ProjectedRecord[] = []
  try {
    for (const record of records) decoded.push(decodedFrom(topic, record, wire))
  } catch (error) {
    // All before it is written first: the store then stands at the record that an operator has to look at.
    await writes.put(decoded)
    await writes.flushed()
    const record = records[decoded.length]!
    throw new ProjectionStoppedError(
      `${placeText(record)}/${record.offset} cannot be read: ${(error as Error).message}; all before it is written. ` +
        `Have the projection mended, or pass it over (${store.advice.passOver(record)}), and start again`,
    )
  }
  await writes.put(decoded)
}

function decodedFrom(
  topic: AnyTopic,
  { partition, offset, timestamp, key, value: bytes }: InputRecord,
  wire: Pick<Wire, 'decode'>,
): ProjectedRecord {
  const decoded = wire.decode(topic, bytes, key)
  if (decoded.kind === 'unsupported') throw new Error(`version ${decoded.version} is not read here`)
  return { topic: topic.name, partition, offset, timestamp, value: decoded.value }
}
