import { called, type Consumer, isKafkaError, type KafkaError, type Message } from '#core/kafka'
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

const toBareRecord = (message: Message): InputRecord => ({
  topic: message.topic,
  partition: message.partition,
  offset: message.offset,
  key: message.key === undefined || message.key === null ? null : String(message.key),
  value: message.value,
  timestamp: message.timestamp ?? 0,
  headers: {},
})

const toInputRecord = (message: Message): InputRecord => ({
  ...toBareRecord(message),
  headers: headersOf(message.headers),
})

const consume = (consumer: Consumer, count: number, waitMs: number): Promise<Message[]> => {
  consumer.setDefaultConsumeTimeout(waitMs)
  return called((done) => consumer.consume(count, done as (e: KafkaError, m: Message[]) => void))
}

/**
 * Up to `countMax` records; waits at most `waitMs` for the first and not at all for the others. An error
 * that mends itself is only told to `onPassing`.
 */
export async function take(
  consumer: Consumer,
  countMax: number,
  waitMs: number,
  onPassing?: () => void,
): Promise<InputRecord[]> {
  return (await messages(consumer, countMax, waitMs, onPassing)).map(toInputRecord)
}

/** The same without the headers, which cost more than the rest: for records that are only kept. */
export async function takeBare(
  consumer: Consumer,
  countMax: number,
  waitMs: number,
  onPassing?: () => void,
): Promise<InputRecord[]> {
  return (await messages(consumer, countMax, waitMs, onPassing)).map(toBareRecord)
}

async function messages(
  consumer: Consumer,
  countMax: number,
  waitMs: number,
  onPassing?: () => void,
): Promise<Message[]> {
  const found: Message[] = []
  try {
    // consume(n) would begin its wait again with every record it finds.
    found.push(...(await consume(consumer, 1, waitMs)))
    if (found.length > 0 && countMax > 1) {
      found.push(...(await consume(consumer, countMax - 1, 0)))
    }
  } catch (error) {
    if (!isKafkaError(error) || lastingCodes.has(error.code)) throw error
    onPassing?.()
  }
  return found
}
