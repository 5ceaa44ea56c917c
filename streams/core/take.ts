import { called, type Consumer, isKafkaError, type KafkaError, type Message } from '#core/kafka'
import { type NativeBatches, nativeBatches } from '#core/native/load'
import { readBatch } from '#core/native/read-batch'
import type { InputRecord } from '#core/records'

// What the client does not mend by itself: fatal, fenced, offset outside the log, too slow a poll, no such
// topic or partition, no right to read. Everything else it reports is a connection on its way back.
const lastingCodes: ReadonlySet<number> = new Set([-150, -144, 82, -140, -147, 3, -188, 29, 30])

const noHeaders: InputRecord['headers'] = Object.freeze({})

function headersOf(given: Message['headers']): InputRecord['headers'] {
  if (given === undefined || given.length === 0) return noHeaders
  const headers: Record<string, string> = {}
  for (const header of given) {
    for (const name in header) headers[name] = String(header[name])
  }
  return headers
}

/** One read: the records, and what broke it behind them. */
type Read = (
  consumer: Consumer,
  countMax: number,
  waitMs: number,
  hasHeaders: boolean,
) => Promise<{ readonly records: InputRecord[]; readonly error: Error | undefined }>

const keyOf = ({ key }: Message, encoding: BufferEncoding): string | null => {
  if (key === undefined || key === null) return null
  return Buffer.isBuffer(key) ? key.toString(encoding) : String(key)
}

const toInputRecord = (
  message: Message,
  hasHeaders: boolean,
  keys: BufferEncoding,
): InputRecord => ({
  topic: message.topic,
  partition: message.partition,
  offset: message.offset,
  key: keyOf(message, keys),
  value: message.value,
  timestamp: message.timestamp ?? 0,
  headers: hasHeaders ? headersOf(message.headers) : noHeaders,
})

const consume = (consumer: Consumer, count: number, waitMs: number): Promise<Message[]> => {
  consumer.setDefaultConsumeTimeout(waitMs)
  return called((done) => consumer.consume(count, done as (e: KafkaError, m: Message[]) => void))
}

/** Record by record through node-rdkafka; keys in an encoding that tells them apart. */
const readPlainlyWith =
  (keys: BufferEncoding): Read =>
  async (consumer, countMax, waitMs, hasHeaders) => {
    const messages: Message[] = []
    let error: Error | undefined
    try {
      // consume(n) would begin its wait again with every record it finds.
      messages.push(...(await consume(consumer, 1, waitMs)))
      if (messages.length > 0 && countMax > 1) {
        messages.push(...(await consume(consumer, countMax - 1, 0)))
      }
    } catch (found) {
      error = found as Error
    }
    return { records: messages.map((message) => toInputRecord(message, hasHeaders, keys)), error }
  }

export const readPlainly = readPlainlyWith('utf8')

/** Batches through the compiled part. */
export const readNatively =
  (native: NativeBatches): Read =>
  async (consumer, countMax, waitMs, hasHeaders) => {
    const client = consumer.getClient() as object
    const batch = await readBatch(native, client, { countMax, waitMs, hasHeaders })
    for (const end of batch.ends) consumer.emit('partition.eof', end)
    return batch
  }

type Take = (
  consumer: Consumer,
  countMax: number,
  waitMs: number,
  onPassing?: () => void,
) => Promise<InputRecord[]>

/** A take that reads in one of the two ways. */
export const takeWith =
  (read: Read, hasHeaders = true): Take =>
  async (consumer, countMax, waitMs, onPassing) => {
    const { records, error } = await read(consumer, countMax, waitMs, hasHeaders)
    if (error !== undefined) {
      if (!isKafkaError(error) || lastingCodes.has(error.code)) throw error
      onPassing?.()
    }
    return records
  }

const read = nativeBatches ? readNatively(nativeBatches) : readPlainly

/**
 * Up to `countMax` records; waits at most `waitMs` for the first and not at all for the others. An error
 * that mends itself is only told to `onPassing`.
 */
export const take = takeWith(read)

/** The same without the headers, which cost more than the rest: for records that are only kept. */
export const takeBare = takeWith(read, false)

/** As `takeBare`; a key is a character a byte, for those that are no text. */
export const takeByteKeys = takeWith(readPlainlyWith('latin1'), false)
