import { ProjectionStoppedError } from '#core/projection-start'
import { placeText, type Position } from '#core/records'
import {
  type ProjectedRecord,
  type ProjectionMove,
  type ProjectionStore,
  RowsRefusedError,
} from '#ports/projection-store'

/** A partition in which nothing came for so long has its position moved behind what is no record, milliseconds. */
const quietMs = 5_000

interface Writing {
  readonly store: Pick<ProjectionStore, 'apply' | 'advice'>
  /** Where the store stands. */
  readonly positions: readonly Position[]
  /** Told of what is in the store from now on, with the time it took. */
  readonly onApplied: (applied: Applied) => void
}

/** What became final. */
export interface Applied {
  readonly records: readonly ProjectedRecord[]
  readonly positions: readonly Position[]
  readonly seconds: number
}

/** The batches of a session on their way to the store, one behind the other: the next is read while one is written. */
export class ProjectionWrites {
  /** Rejects with what broke a batch; those behind it are not written. */
  readonly failed: Promise<never>
  readonly #store: Writing['store']
  readonly #onApplied: Writing['onApplied']
  readonly #at: Map<string, Position>
  #fail: (error: unknown) => void = () => undefined
  #writing: Promise<void> = Promise.resolve()
  #isWriting = false
  #wroteAtMs = performance.now()

  constructor({ store, positions, onApplied }: Writing) {
    this.#store = store
    this.#onApplied = onApplied
    this.#at = new Map(positions.map((position) => [placeText(position), position]))
    this.failed = new Promise((_, reject) => (this.#fail = reject))
    // Whoever awaits it hears of it; until then it must not end the process.
    this.failed.catch(() => undefined)
  }

  /** Resolves once the batch before is in the store and this one is on its way. Throws what broke the one before. */
  async put(records: readonly ProjectedRecord[]): Promise<void> {
    await this.#writing
    if (records.length > 0) this.#begin(() => this.#apply(records))
  }

  /** The reader has come so far, and all it handed over was put: behind the last record there may be markers. */
  reached(positions: readonly Position[]): void {
    if (this.#isWriting || performance.now() - this.#wroteAtMs < quietMs) return
    const moves = this.#movesTo(positions)
    if (moves.length > 0) this.#begin(() => this.#write([], moves))
  }

  /** Resolves once all that was put is in the store. Throws what broke it. */
  flushed(): Promise<void> {
    return this.#writing
  }

  #begin(write: () => Promise<void>): void {
    this.#isWriting = true
    this.#writing = write().finally(() => {
      this.#isWriting = false
      this.#wroteAtMs = performance.now()
    })
    this.#writing.catch(this.#fail)
  }

  async #apply(records: readonly ProjectedRecord[]): Promise<void> {
    try {
      await this.#write(records, this.#movesTo(endsOf(records)))
    } catch (error) {
      if (!(error instanceof RowsRefusedError)) throw error
      if (records.length === 1) throw this.#refused(records[0]!, error)
      // Halved until the record is found: all before it is written, and its place is told.
      const half = records.length >> 1
      await this.#apply(records.slice(0, half))
      await this.#apply(records.slice(half))
    }
  }

  async #write(records: readonly ProjectedRecord[], moves: readonly ProjectionMove[]) {
    const start = performance.now()
    await this.#store.apply({ records, moves })
    const positions = moves.map(({ topic, partition, to }) => ({ topic, partition, offset: to }))
    for (const position of positions) this.#at.set(placeText(position), position)
    this.#onApplied({ records, positions, seconds: (performance.now() - start) / 1_000 })
  }

  #movesTo(positions: Iterable<Position>): ProjectionMove[] {
    const moves: ProjectionMove[] = []
    for (const position of positions) {
      const { topic, partition, offset: to } = position
      const from = this.#at.get(placeText(position))?.offset ?? 0
      if (to > from) moves.push({ topic, partition, from, to })
    }
    return moves
  }

  #refused(record: ProjectedRecord, { message }: RowsRefusedError): ProjectionStoppedError {
    return new ProjectionStoppedError(
      `${placeText(record)}/${record.offset} cannot be written: ${message}; all before it is. Have the ` +
        `projection mended, or pass it over (${this.#store.advice.passOver(record)}), and start again`,
    )
  }
}

/** The positions behind the last record of each partition. */
function endsOf(records: readonly ProjectedRecord[]): Iterable<Position> {
  const ends = new Map<string, Position>()
  let last: ProjectedRecord | undefined
  for (const record of records) {
    if (last && (last.partition !== record.partition || last.topic !== record.topic)) {
      ends.set(placeText(last), behind(last))
    }
    last = record
  }
  if (last) ends.set(placeText(last), behind(last))
  return ends.values()
}

const behind = ({ topic, partition, offset }: ProjectedRecord): Position => ({
  topic,
  partition,
  offset: offset + 1,
})
