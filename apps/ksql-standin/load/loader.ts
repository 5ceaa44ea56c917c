import { setTimeout as sleep } from 'node:timers/promises'
import type { Positions, RowChange, RowStore } from '#apps/ksql-standin/database/row-store'
import { changeOf } from '#apps/ksql-standin/load/decode-record'
import { UnstorableError } from '#apps/ksql-standin/load/unstorable'
import type { WriterSchemas } from '#apps/ksql-standin/load/writer-schemas'
import type { Source } from '#apps/ksql-standin/sql/source'
import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import type { InputRecord, Position } from '#core/records'
import type { OffsetSource } from '#core/offset-source'
import { openTopicReader } from '#core/topic-reader'
import { unlessAborted } from '#core/unless-aborted'

/** Reads a source's topic into its rows, for as long as it lives. */
export interface Loader {
  /** Whether every row is in that was written before it began. */
  isReady(): boolean
  /** Why it does not read on. */
  problem(): string | undefined
  close(): Promise<void>
}

export interface LoaderPorts {
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly schemas: WriterSchemas
  readonly log: Log
  /** Told of each record that is passed over. */
  readonly onSkipped: (source: Source) => void
}

const pauseMs = 1_000
/** Positions that nobody looked after for longer are not gone on from. A topic keeps what was deleted for a day. */
const ageMsMax = 12 * 3_600_000
const touchMs = 600_000

/** Starts reading; what breaks is gone on with after a pause. */
export function startLoader(source: Source, rows: RowStore, ports: LoaderPorts): Loader {
  const closing = new AbortController()
  const loading = new Loading(source, rows, { ...ports, signal: closing.signal })
  const running = loading.run()
  const touching = setInterval(() => void rows.touch().catch(() => undefined), touchMs)
  return {
    isReady: () => loading.isReady,
    problem: () => loading.problem,
    async close() {
      clearInterval(touching)
      closing.abort()
      await running
    },
  }
}

type Given = LoaderPorts & { readonly signal: AbortSignal }

class Loading {
  isReady = false
  problem: string | undefined
  readonly #source: Source
  readonly #rows: RowStore
  readonly #given: Given

  constructor(source: Source, rows: RowStore, given: Given) {
    this.#source = source
    this.#rows = rows
    this.#given = given
  }

  async run(): Promise<void> {
    const { signal } = this.#given
    while (!signal.aborted) {
      try {
        await this.#read()
      } catch (error) {
        if (signal.aborted) return
        this.problem = (error as Error).message
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** Reads until it breaks or is aborted; throws then. */
  async #read(): Promise<void> {
    const { kafka, offsets, signal } = this.#given
    signal.throwIfAborted()
    const partitions = await this.#partitions()
    const ends = await offsets.ends(partitions)
    const beginnings = await this.#start(await offsets.beginnings(partitions), ends)
    const reader = await openTopicReader(kafka, {
      beginnings,
      hasByteKeys: true,
      onRecords: (records) => this.#apply(records),
    })
    const forever = ends.map((end) => ({ ...end, offset: Infinity }))
    try {
      await unlessAborted(signal, reader.reached(ends))
      if (!this.isReady) await this.#rows.arrange()
      await this.#rows.touch()
      this.isReady = true
      this.problem = undefined
      await unlessAborted(signal, reader.reached(forever))
    } finally {
      await reader.close()
    }
  }

  async #partitions() {
    const { topic, partitions } = this.#source
    const found = await this.#given.offsets.partitionsOf(topic)
    if (!found) throw new Error(`topic ${topic} is missing`)
    if (found.length !== partitions) {
      throw new Error(
        `topic ${topic} has ${found.length} partitions, and had ${partitions} when the table was ` +
          'created: drop the table and create it again',
      )
    }
    return found.map((partition) => ({ topic, partition }))
  }

  /** Where each partition is read from: where it was left, or from its beginning, anew, where that is not in it. */
  async #start(beginnings: readonly Position[], ends: readonly Position[]) {
    const kept = await this.#rows.positions(ageMsMax)
    const starts = beginnings.map((at) => ({ ...at, offset: kept?.get(at.partition) ?? at.offset }))
    const isInside = starts.every(
      ({ offset }, at) => offset >= beginnings[at]!.offset && offset <= ends[at]!.offset,
    )
    if (kept && isInside) return starts
    this.isReady = false
    await this.#rows.clear()
    return beginnings
  }

  async #apply(records: readonly InputRecord[]): Promise<void> {
    const { schemas, signal } = this.#given
    if (this.#source.valueFormat === 'AVRO') {
      const onWaiting = (reason: string | undefined) => (this.problem = reason)
      await readable({ prepareRead: (values) => schemas.prepare(values) }, records, {
        signal,
        onWaiting,
      })
    }
    const last = new Map<string, RowChange>()
    const positions = new Map<number, number>()
    for (const record of records) {
      const { partition, offset, timestamp } = record
      const change = this.#changeOf(record)
      if (change) last.set(`${partition}/${change.key}`, { ...change, partition, timestamp })
      positions.set(partition, offset + 1)
    }
    await this.#rows.apply([...last.values()], positions satisfies Positions)
  }

  #changeOf(record: InputRecord) {
    try {
      return changeOf(this.#source, record, this.#given.schemas)
    } catch (error) {
      if (!(error instanceof UnstorableError)) throw error
      const { topic, partition, offset } = record
      const fields = { table: this.#source.name, topic, partition, offset, reason: error.message }
      this.#given.log.warn(fields, 'record passed over')
      this.#given.onSkipped(this.#source)
      return undefined
    }
  }
}
