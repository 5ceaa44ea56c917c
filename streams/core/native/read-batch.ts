import type { InputRecord, Position } from '#core/records'
import type { NativeBatches } from '#core/native/load'

/** What one read gave. */
export interface Batch {
  readonly records: InputRecord[]
  /** Partitions that were read whole, each with the offset behind its last record. */
  readonly ends: readonly Position[]
  /** What broke the read behind these records, as the client words it. */
  readonly error: Error | undefined
}

const headBytes = 32
const endOfPartition = -1
const noHeaders: InputRecord['headers'] = Object.freeze({})

interface Asked {
  readonly countMax: number
  readonly waitMs: number
  /** Without them records have none: for those that are only kept. */
  readonly hasHeaders: boolean
}

/** Reads up to `countMax` records; waits at most `waitMs` for the first and not at all for the others. */
export const readBatch = (
  native: NativeBatches,
  client: object,
  { countMax, waitMs, hasHeaders }: Asked,
): Promise<Batch> =>
  new Promise((resolve) => {
    native.read(client, countMax, waitMs, hasHeaders, (error, blocks, topics, names) => {
      const unpacking = new Unpacking(topics, names)
      for (const block of blocks) unpacking.add(block)
      const { records, ends } = unpacking
      resolve({ records, ends, error: error ?? undefined })
    })
  })

/** Records out of blocks, in order. Values are views of their block. */
class Unpacking {
  readonly records: InputRecord[] = []
  readonly ends: Position[] = []
  readonly #topics: readonly string[]
  readonly #names: readonly string[]
  #at = 0

  constructor(topics: readonly string[], names: readonly string[]) {
    this.#topics = topics
    this.#names = names
  }

  add(block: Buffer): void {
    this.#at = 0
    while (this.#at < block.length) this.#addOne(block)
  }

  #addOne(block: Buffer): void {
    const head = this.#at
    const offset = block.readDoubleLE(head)
    const timestamp = block.readDoubleLE(head + 8)
    const topic = this.#topics[block.readInt32LE(head + 16)]!
    const partition = block.readInt32LE(head + 20)
    const headerCount = block.readInt32LE(head + 24)
    const keyLength = block.readInt32LE(head + 28)
    this.#at = head + headBytes
    if (headerCount === endOfPartition) {
      this.ends.push({ topic, partition, offset })
      return
    }
    const valueLength = block.readInt32LE(this.#at)
    this.#at += 4
    const key = keyLength < 0 ? null : this.#text(block, keyLength)
    const value = valueLength < 0 ? null : block.subarray(this.#at, this.#at + valueLength)
    this.#at += Math.max(0, valueLength)
    const headers = headerCount === 0 ? noHeaders : this.#headers(block, headerCount)
    this.records.push({ topic, partition, offset, key, value, timestamp, headers })
  }

  #headers(block: Buffer, count: number): InputRecord['headers'] {
    const headers: Record<string, string> = {}
    for (let i = 0; i < count; i++) {
      const name = this.#names[block.readInt32LE(this.#at)]!
      const length = block.readInt32LE(this.#at + 4)
      this.#at += 8
      headers[name] = this.#text(block, length)
    }
    return headers
  }

  #text(block: Buffer, length: number): string {
    const begin = this.#at
    this.#at += length
    return block.toString('utf8', begin, this.#at)
  }
}
