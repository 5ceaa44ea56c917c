import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { called, connect, disconnect, newConsumer, newProducer } from '#core/kafka'
import { nativeBatches } from '#core/native/load'
import { batchedWriter, plainWriter, type RecordWriter } from '#core/record-writer'
import type { OutputRecord, Position } from '#core/records'
import { readNatively, readPlainly, takeWith } from '#core/take'
import { newScene, type Scene, until } from '#tests/engine/scene'

const native = nativeBatches
if (!native) process.stderr.write('native batches are not built (npm run native): skipped\n')

const plain = { writer: plainWriter, take: takeWith(readPlainly) }
const batched = {
  writer: (producer: ReturnType<typeof newProducer>) => batchedWriter(native!, producer),
  take: native ? takeWith(readNatively(native)) : plain.take,
}

/** One of every kind, and enough of the ordinary to fill several blocks. */
function recordsFor(topic: string): OutputRecord[] {
  const of = (key: string | null, value: Buffer | null, headers = {}): OutputRecord => ({
    topic,
    partition: 0,
    key,
    value,
    headers,
  })
  const told = (n: number) => ({ 'correlation-id': `story-${n}`, città: 'perché', empty: '' })
  return [
    of('key', Buffer.from('value'), told(0)),
    of(null, Buffer.from('without a key')),
    of('tombstone', null, told(1)),
    of('città 🏛', Buffer.from([0, 255, 128]), told(2)),
    of('large', Buffer.alloc(500_000, 'x'), told(3)),
    ...Array.from({ length: 1_000 }, (_, n) => of(randomUUID(), Buffer.alloc(n + 1, n), told(n))),
  ]
}

async function write({ kafka }: Scene, writer: typeof plain.writer, records: OutputRecord[]) {
  const producer = newProducer(kafka, { id: randomUUID(), timeoutMs: 60_000 })
  await connect(producer, kafka)
  const call = (f: (done: (error: unknown) => void) => void) =>
    called((done) => f((error) => done(error as never, undefined)))
  try {
    await call((done) => producer.initTransactions(10_000, done))
    await call((done) => producer.beginTransaction(done))
    const writing: RecordWriter = writer(producer)
    for (const record of records) await writing.write(record)
    await writing.handOver()
    await call((done) => producer.commitTransaction(30_000, done))
  } finally {
    await disconnect(producer)
  }
}

async function readAll({ kafka }: Scene, take: typeof plain.take, topic: string, count: number) {
  const consumer = newConsumer(kafka, { group: `native-${randomUUID()}` })
  await connect(consumer, kafka)
  const found: Awaited<ReturnType<typeof take>> = []
  const ends: Position[] = []
  consumer.on('partition.eof', ({ topic, partition, offset }: Position) =>
    ends.push({ topic, partition, offset }),
  )
  try {
    consumer.assign([{ topic, partition: 0, offset: 0 }])
    const isWhole = () => found.length >= count && ends.length > 0
    await until('all are read', async () => {
      found.push(...(await take(consumer, 300, 100)))
      return isWhole()
    })
  } finally {
    await disconnect(consumer)
  }
  return { found: found.map(withText), end: ends.at(-1) }
}

/** Half a megabyte is compared at once as text, not byte by byte. */
const withText = <R extends { readonly value: Buffer | null }>(record: R) => ({
  ...record,
  value: record.value?.toString('latin1') ?? null,
})

describe.skipIf(!native)('batches that are read and written in one call', () => {
  it('are what record by record gives', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { output, published } = scene.topics
    for (const [{ name }, { writer }] of [
      [output, plain],
      [published, batched],
    ] as const) {
      const records = recordsFor(name)
      await write(scene, writer, records)
      const read = await readAll(scene, plain.take, name, records.length)
      expect(read.found.map(({ timestamp: _, offset: __, ...record }) => record)).toEqual(
        records.map(withText),
      )
      expect(await readAll(scene, batched.take, name, records.length)).toEqual(read)
    }
  })

  it('may be more than the client takes at once', async () => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const { name: topic } = scene.topics.output
    const value = Buffer.from('v')
    const record = { topic, partition: 0, key: 'k', value, headers: {} }
    // Its queue holds 100,000.
    await write(scene, batched.writer, new Array<OutputRecord>(120_000).fill(record))
    const consumer = newConsumer(scene.kafka, { group: `native-${randomUUID()}` })
    await connect(consumer, scene.kafka)
    const [end] = await called<Position[]>((done) => {
      consumer.offsetsForTimes([{ topic, partition: 0, offset: -1 }], 5_000, done as never)
    })
    await disconnect(consumer)
    // The transaction's marker takes an offset, too.
    expect(end?.offset).toBe(120_001)
  })

  it.each([
    ['record by record', plain.take],
    ['a batch', batched.take],
  ])('end with an error outside the log, read %s', async (_, take) => {
    const scene = await newScene({ partitions: 1 })
    await scene.apply()
    const consumer = newConsumer(scene.kafka, { group: `native-${randomUUID()}` })
    await connect(consumer, scene.kafka)
    try {
      consumer.assign([{ topic: scene.topics.output.name, partition: 0, offset: 1_000 }])
      const broken = until('it breaks', async () => (await take(consumer, 10, 100)).length > 0)
      await expect(broken).rejects.toMatchObject({ code: -140 })
    } finally {
      await disconnect(consumer)
    }
    // Of a client that is closed nothing comes, and nothing crashes.
    expect(await take(consumer, 10, 100)).toEqual([])
  })
})
