import type { OutputRecord } from '#core/records'

/** Numbers of 4 bytes before the texts of a record: its length, topic, partition, lengths of key and value, headers. */
const headBytes = 24
const bytesFirst = 256 * 1_024

/** Records packed one behind the other, as the compiled part takes them. */
export class PackedRecords {
  readonly topics: string[] = []
  readonly names: string[] = []
  readonly #topicNumbers = new Map<string, number>()
  readonly #nameNumbers = new Map<string, number>()
  #bytes = Buffer.allocUnsafe(bytesFirst)
  #length = 0

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Where the last record ends. */
  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
    // Names of headers come from outside, too: they must not pile up.
    this.topics.length = this.names.length = 0
    this.#topicNumbers.clear()
    this.#nameNumbers.clear()
  }

  add({ topic, partition, key, value, headers }: OutputRecord): void {
    const begin = this.#length
    this.#reserve(bytesMaxOf(key, value, headers))
    const bytes = this.#bytes
    let at = begin + headBytes
    const keyLength = key === null ? -1 : bytes.write(key, at)
    at += Math.max(0, keyLength)
    if (value !== null) at += value.copy(bytes, at)
    let headerCount = 0
    for (const name in headers) {
      const length = bytes.write(headers[name]!, at + 8)
      bytes.writeInt32LE(numberOf(name, this.names, this.#nameNumbers), at)
      bytes.writeInt32LE(length, at + 4)
      at += 8 + length
      headerCount += 1
    }
    bytes.writeInt32LE(at - begin, begin)
    bytes.writeInt32LE(numberOf(topic, this.topics, this.#topicNumbers), begin + 4)
    bytes.writeInt32LE(partition ?? -1, begin + 8)
    bytes.writeInt32LE(keyLength, begin + 12)
    bytes.writeInt32LE(value === null ? -1 : value.length, begin + 16)
    bytes.writeInt32LE(headerCount, begin + 20)
    this.#length = at
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * needed)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function bytesMaxOf(
  key: string | null,
  value: Buffer | null,
  headers: OutputRecord['headers'],
): number {
  let bytes = headBytes + 3 * (key?.length ?? 0) + (value?.length ?? 0)
  for (const name in headers) bytes += 8 + 3 * headers[name]!.length
  return bytes
}

function numberOf(text: string, texts: string[], numbers: Map<string, number>): number {
  const known = numbers.get(text)
  if (known !== undefined) return known
  const number = texts.push(text) - 1
  numbers.set(text, number)
  return number
}
