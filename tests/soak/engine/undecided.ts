import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Kafka's record batch, version 2 (Kafka protocol, "Record Batch"): where its fields lie, and how long its head is. */
const field = { length: 8, attributes: 21, lastOffsetDelta: 23, producerId: 43, epoch: 51 } as const
const headBytes = 61
/** What the length does not count. */
const beforeLength = 12
const controlBit = 0x20
const commitType = 1

interface Batch {
  readonly first: number
  readonly last: number
  readonly producer: bigint
  readonly epoch: number
  /** Undefined for records; a marker commits or aborts. */
  readonly marker: 'commit' | 'abort' | undefined
}

/** Whether a record of a topic was left undecided; `dataDir` is the broker's. */
export function undecidedIn(dataDir: string, topic: string) {
  const offsets = new Map<number, ReadonlySet<number>>()
  return (partition: number, offset: number): boolean => {
    const folder = join(dataDir, 'kafka', `${topic}-${partition}`)
    const undecided = offsets.get(partition) ?? undecidedOffsets(folder)
    offsets.set(partition, undecided)
    return undecided.has(offset)
  }
}

/**
 * The offsets of records in a partition's folder that were made final by a later epoch of their producer than the one
 * that wrote them: the broker had ended their own transaction without its markers, so that nobody knew whether they
 * were to be seen until the next one decided. A client that does not raise the epoch with each transaction is presumed.
 */
export function undecidedOffsets(folder: string): ReadonlySet<number> {
  const found = new Set<number>()
  const open = new Map<bigint, Batch[]>()
  for (const batch of existsSync(folder) ? batchesIn(folder) : []) {
    const { producer, marker, epoch } = batch
    const before = open.get(producer) ?? []
    if (marker === undefined) open.set(producer, [...before, batch])
    else open.delete(producer)
    if (marker !== 'commit') continue
    for (const records of before) if (records.epoch < epoch) addOffsets(found, records)
  }
  return found
}

function addOffsets(offsets: Set<number>, { first, last }: Batch): void {
  for (let offset = first; offset <= last; offset++) offsets.add(offset)
}

function* batchesIn(folder: string): Generator<Batch> {
  const segments = readdirSync(folder).filter((name) => name.endsWith('.log'))
  for (const segment of segments.sort()) {
    const bytes = readFileSync(join(folder, segment))
    let at = 0
    while (at + headBytes <= bytes.length) {
      const length = bytes.readInt32BE(at + field.length)
      if (length <= 0) break
      yield batchAt(bytes, at)
      at += beforeLength + length
    }
  }
}

function batchAt(bytes: Buffer, at: number): Batch {
  const first = Number(bytes.readBigInt64BE(at))
  const isControl = (bytes.readInt16BE(at + field.attributes) & controlBit) !== 0
  return {
    first,
    last: first + bytes.readInt32BE(at + field.lastOffsetDelta),
    producer: bytes.readBigInt64BE(at + field.producerId),
    epoch: bytes.readInt16BE(at + field.epoch),
    marker: isControl ? markerAt(bytes, at + headBytes) : undefined,
  }
}

// A control record: length, attributes, two deltas and the key's length take a byte each, and its key is a version and
// a type of two bytes each.
const markerAt = (bytes: Buffer, at: number): 'commit' | 'abort' =>
  bytes.readInt16BE(at + 5 + 2) === commitType ? 'commit' : 'abort'
