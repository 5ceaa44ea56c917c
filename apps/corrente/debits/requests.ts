import { rawRecords, readValue } from '#apps/corrente/debits/topic-feed'
import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import { debits } from '#schemas/topics'
import type { ReadRequest } from '#streams/debits/verification/placed'

interface Reading {
  readonly sources: Pick<TopicSources, 'of'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly partition: number
  /** Of the first record that is not read. */
  readonly end: number
}

/** The requests of one partition, one behind the other, as far as they are asked for. */
export class Requests {
  readonly #reading: Reading
  readonly #batches: AsyncGenerator<readonly InputRecord[], void>
  #batch: readonly InputRecord[] = []
  #at = 0
  #next: ReadRequest | undefined
  #offset = 0

  constructor(reading: Reading) {
    this.#reading = reading
    this.#batches = rawRecords({ ...reading, topic: debits })
  }

  /** Where the next one lies, or will. */
  get offset(): number {
    return this.#next?.offset ?? this.#offset
  }

  /** The next one, to be looked at until it is passed; none at the end. */
  async next(): Promise<ReadRequest | undefined> {
    if (this.#next) return this.#next
    while (this.#at === this.#batch.length) {
      const read = await this.#batches.next()
      if (read.done === true) return undefined
      this.#batch = read.value
      this.#at = 0
    }
    this.#next = this.#read(this.#batch[this.#at++]!)
    return this.#next
  }

  pass(): void {
    if (this.#next) this.#offset = this.#next.offset + 1
    this.#next = undefined
  }

  close(): Promise<unknown> {
    return this.#batches.return()
  }

  #read(record: InputRecord): ReadRequest {
    const { offset, timestamp } = record
    const read = readValue(this.#reading.wire, debits, record)
    if ('value' in read) return { offset, timestamp, request: read.value }
    return { offset, timestamp, request: undefined, isOtherVersion: read.isOtherVersion }
  }
}
