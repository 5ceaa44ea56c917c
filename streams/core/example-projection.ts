import { anomaly, input, jsonWire, paymentId } from '#core/example-unit'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { type ProjectorPorts, startProjector } from '#core/project'
import { type InputRecord, placeText, type Position } from '#core/records'
import type { openTopicReader } from '#core/topic-reader'
import {
  PositionsMovedError,
  type ProjectedRecord,
  type ProjectionBatch,
  type ProjectionPosition,
  type ProjectionStore,
  StoreAwayError,
} from '#ports/projection-store'

export const cluster = 'ours'
export const advice: ProjectionStore['advice'] = {
  rebuild: 'how to build anew',
  passOver: ({ topic, partition, offset }) => `how to pass over ${topic}/${partition}/${offset}`,
}

/** A store in memory. What a test sets `before` to runs ahead of each batch, and may throw; `after` follows its commit. */
export class ExampleStore implements ProjectionStore {
  readonly advice = advice
  readonly rows: ProjectedRecord[] = []
  readonly at = new Map<string, ProjectionPosition>()
  before: (batch: ProjectionBatch) => void | Promise<void> = () => undefined
  after: () => void = () => undefined
  isClosed = false

  async positions(): Promise<readonly ProjectionPosition[]> {
    return [...this.at.values()]
  }

  async begin(positions: readonly ProjectionPosition[]): Promise<void> {
    for (const at of positions) if (!this.at.has(placeText(at))) this.stand(at)
  }

  async apply(batch: ProjectionBatch): Promise<void> {
    await this.before(batch)
    if (this.isClosed) throw new StoreAwayError('closed')
    const { records, moves } = batch
    if (moves.some((move) => this.at.get(placeText(move))?.offset !== move.from)) {
      throw new PositionsMovedError('moved')
    }
    for (const { topic, partition, to } of moves) this.stand({ topic, partition, offset: to })
    this.rows.push(...records)
    this.after()
  }

  async reachable(): Promise<void> {}

  async close(): Promise<void> {
    this.isClosed = true
  }

  stand(at: Position & { readonly cluster?: string }): void {
    this.at.set(placeText(at), { cluster, ...at })
  }

  /** The places of all rows, `partition/offset`, sorted. */
  places(): readonly string[] {
    return this.rows.map(({ partition, offset }) => `${partition}/${offset}`).sort()
  }
}

const example = { ...anomaly(), event_id: paymentId, app_id: 'test:1' }
const event = { ...example, event_version: '1.0', event_created_at: '2026-01-15T10:00:00+01:00' }
const good = jsonWire.encode(input, event)

/** A topic in memory with partitions 0 and 1. Readers are handed what lies behind their beginnings, and what comes. */
export function exampleTopic() {
  const log: InputRecord[] = []
  const readers = new Set<() => void>()
  let base = 0
  const openReader: typeof openTopicReader = async (_, { beginnings, onRecords }) => {
    let handed = 0
    let handing = Promise.resolve()
    let fail: (error: unknown) => void = () => undefined
    const broken = new Promise<never>((_, reject) => (fail = reject))
    const isBehind = ({ partition, offset }: InputRecord) =>
      beginnings.some((at) => at.partition === partition && offset >= at.offset)
    const hand = () => {
      const records = log.slice(handed).filter(isBehind)
      handed = log.length
      if (records.length > 0) handing = handing.then(() => onRecords(records))
      handing.catch(fail)
    }
    readers.add(hand)
    return {
      reached: () => {
        hand()
        return broken
      },
      async close() {
        readers.delete(hand)
        await handing.catch(() => undefined)
      },
    }
  }
  return {
    openReader,
    offsets: {
      partitionsOf: async (): Promise<readonly number[] | undefined> => [0, 1],
      beginnings: async (places: readonly { topic: string; partition: number }[]) =>
        places.map((place) => ({ ...place, offset: base })),
      ends: async (places: readonly { topic: string; partition: number }[]) =>
        places.map((place) => ({ ...place, offset: endOf(log, place.partition) })),
    },
    /** Records before the offset were deleted. */
    beginAt: (offset: number) => void (base = offset),
    /** One batch of records. */
    write(partition: number, ...values: readonly (Buffer | 'good')[]): void {
      for (const value of values) {
        const bytes = value === 'good' ? good : value
        log.push(recordAt(partition, endOf(log, partition), bytes))
      }
      for (const hand of readers) hand()
    },
  }
}

const endOf = (log: readonly InputRecord[], partition: number): number =>
  log.filter((record) => record.partition === partition).length

const recordAt = (partition: number, offset: number, value: Buffer): InputRecord => ({
  topic: input.name,
  partition,
  offset,
  key: paymentId,
  value,
  timestamp: 0,
  headers: {},
})

/** A projector on both. */
export function exampleProjector(given: Partial<ProjectorPorts> = {}) {
  const store = new ExampleStore()
  const topic = exampleTopic()
  const metrics = newMetrics()
  const start = () =>
    startProjector(
      { name: 'example', topic: input },
      {
        kafka: { brokers: '' },
        offsets: topic.offsets,
        openReader: topic.openReader,
        wire: jsonWire,
        store,
        cluster: async () => cluster,
        metrics,
        log: silentLog,
        pauseMsMax: 5,
        ...given,
      },
    )
  return { store, topic, metrics, start }
}
