import { setTimeout as sleep } from 'node:timers/promises'
import { withAdmin } from '#apps/platform/admin'
import { called, connect, disconnect, enqueue, newProducer } from '#core/kafka'
import type { OutputRecord } from '#core/records'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'
import {
  centsOf,
  eventBytes,
  framed,
  benchEvent,
  keyNumberOf,
  keyOf,
  rowText,
} from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { eventsTopic, rowsTopic } from '#tests/bench/engine/bench-units'
import { keptPrefix } from '#tests/bench/engine/leftovers'

/** Records written before a run, equally many of each key. */
export interface Load {
  readonly topic: string
  readonly records: number
  readonly keys: number
}

/** Keys of the bars: rows that stay hot. */
export const fewKeys = 10_000

/** Keys of the rows with many: a million where a throughput run has its full 400,000 records. */
export const manyKeysOf = (records: number): number => Math.round(records * 2.5)

/** Events of the bench: `records` of them, over `keys` keys. Made once, then kept. */
export async function eventLoad(stack: BenchStack, records: number, keys: number): Promise<Load> {
  const topic = eventsTopic(`${keptPrefix}${records}-${keys}`)
  await provideLoad(stack, topic, records, (sequence) => {
    const key = keyOf(keyNumberOf(sequence, keys))
    return { key, value: eventBytes(stack.event.id, benchEvent(sequence, key)) }
  })
  return { topic: topic.name, records, keys }
}

const rows = codecOf('corrente.payments.ReportedPayment')

/** One row of state for each of `keys` keys, as a unit with state has written them. Made once, then kept. */
export async function rowLoad(stack: BenchStack, keys: number): Promise<Load> {
  const topic = rowsTopic(`${keptPrefix}rows-${keys}`)
  await provideLoad(stack, topic, keys, (sequence) => {
    const key = keyOf(keyNumberOf(sequence, keys))
    const status = rowText(1, centsOf(sequence), benchEvent(sequence, key).message)
    const body = rows.type.toBuffer({ payment_id: key, status })
    return { key, value: framed(stack.row.id, body) }
  })
  return { topic: topic.name, records: keys, keys }
}

/** Units that keep their state in the rows of a load write to it: it is made anew once it has grown by a fifth. */
const grownMax = 1.2

/** The n-th record of a load. */
export type Content = (sequence: number) => { readonly key: string; readonly value: Buffer }

/** Makes a load where it is not there yet, or has grown. */
export async function provideLoad(
  stack: BenchStack,
  topic: AnyTopic,
  records: number,
  content: Content,
): Promise<void> {
  const { name } = topic
  const found = await recordsOn(stack, name)
  if (found !== undefined && found >= records && found <= grownMax * records) return
  if (found !== undefined) {
    await withAdmin(stack.kafka, (admin) => admin.deleteTopics({ topics: [name] }))
    while ((await recordsOn(stack, name)) !== undefined) await sleep(100)
  }
  stack.report(`making the load ${name}: ${records} records, once`)
  await stack.apply([topic], [])
  await writeAll(stack, name, records, content)
  const written = await recordsOn(stack, name)
  if (written !== records) throw new Error(`${name} has ${written} records, not ${records}`)
}

/** Records of a topic, by its offsets; undefined where there is none. */
async function recordsOn({ kafka }: BenchStack, topic: string): Promise<number | undefined> {
  return withAdmin(kafka, async (admin) => {
    if (!(await admin.listTopics()).includes(topic)) return undefined
    const offsets = await admin.fetchTopicOffsets(topic)
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)
  })
}

/** Writes the records, in order, with the client the engine has. */
export async function writeAll(
  { kafka, signal }: BenchStack,
  topic: string,
  records: number,
  content: Content,
): Promise<void> {
  const producer = newProducer(kafka)
  await connect(producer, kafka)
  try {
    for (let sequence = 0; sequence < records; sequence++) {
      const record: OutputRecord = { topic, partition: null, headers: {}, ...content(sequence) }
      while (!enqueue(producer, record)) {
        signal.throwIfAborted()
        producer.poll()
        await sleep(1)
      }
    }
    await called((done) => producer.flush(60_000, (error) => done(error, undefined)))
  } finally {
    await disconnect(producer)
  }
}
