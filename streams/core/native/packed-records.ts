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
  #view = viewOf(this.#bytes)
  #length = 0
  /** The headers packed last, where they lie, and how many they are. */
  #headers: OutputRecord['headers'] | undefined
  #headersBegin = 0
  #headersEnd = 0
  #headerCount = 0

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Where the last record ends. */
  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
    this.#headers = undefined
    // Names of headers come from outside, too: they must not pile up.
    this.topics.length = this.names.length = 0
    this.#topicNumbers.clear()
    this.#nameNumbers.clear()
  }

  add({ topic, partition, key, value, headers }: OutputRecord): void {
    const begin = this.#length
    this.#reserve(bytesMaxOf(key, value, headers))
    const bytes = this.#bytes
    const view = this.#view
    let at = begin + headBytes
    const keyLength = key === null ? -1 : written(bytes, key, at)
    at += Math.max(0, keyLength)
    if (value !== null) {
      bytes.set(value, at)
      at += value.length
    }
    at = this.#addHeaders(headers, at)
    view.setInt32(begin, at - begin, true)
    view.setInt32(begin + 4, numberOf(topic, this.topics, this.#topicNumbers), true)
    view.setInt32(begin + 8, partition ?? -1, true)
    view.setInt32(begin + 12, keyLength, true)
    view.setInt32(begin + 16, value === null ? -1 : value.length, true)
    view.setInt32(begin + 20, this.#headerCount, true)
    this.#length = at
  }

  #addHeaders(headers: OutputRecord['headers'], begin: number): number {
    const bytes = this.#bytes
    // What comes of one record has the same headers, and is written one behind the other.
    if (this.#headers === headers) {
      bytes.copyWithin(begin, this.#headersBegin, this.#headersEnd)
      return begin + this.#headersEnd - this.#headersBegin
    }
    const view = this.#view
    let [at, count] = [begin, 0]
    for (const name in headers) {
      const length = written(bytes, headers[name]!, at + 8)
      view.setInt32(at, numberOf(name, this.names, this.#nameNumbers), true)
      view.setInt32(at + 4, length, true)
      at += 8 + length
      count += 1
    }
    this.#headers = headers
    this.#headersBegin = begin
    this.#headersEnd = at
    this.#headerCount = count
    return at
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * needed)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
    this.#view = viewOf(larger)
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer) => new DataView(buffer, byteOffset, length)

/** What is longer is written by the runtime, whose call costs as much as so many characters. */
const byHandMax = 64

/** Writes the text as UTF-8; returns its bytes. */
function written(bytes: Buffer, text: string, begin: number): number {
  if (text.length > byHandMax) return bytes.write(text, begin)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return bytes.write(text, begin)
    bytes[begin + at] = code
  }
  return text.length
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
