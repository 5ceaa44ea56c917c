import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { called, connect, newProducer } from '#core/kafka'
import { plainWriter } from '#core/record-writer'
import { benchEvent, eventBytes, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import { fewKeys } from '#tests/bench/engine/loads'
import type { OutsideAnswer, OutsideSpec, OutsideWish } from '#tests/bench/observability/outside'

/** What is not to be measured: whoever writes the records, unseen until it commits them, and whoever takes the spans. */
const { brokers, schemaId } = JSON.parse(process.env['OUTSIDE'] ?? '') as OutsideSpec
const tell = (answer: OutsideAnswer) => process.send?.(answer)

const receiver = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200).end())
})
receiver.listen(0, '127.0.0.1')
await once(receiver, 'listening')

const timeoutMs = 60_000
const producer = newProducer({ brokers }, { id: `observability-${process.pid}`, timeoutMs })
await connect(producer, { brokers })
producer.setPollInterval(100)
await called((done) => producer.initTransactions(timeoutMs, done))
const writer = plainWriter(producer)
let sequence = 0

async function write(topic: string, records: number): Promise<void> {
  await called((done) => producer.beginTransaction(done))
  for (const end = sequence + records; sequence < end; sequence++) {
    const key = keyOf(keyNumberOf(sequence, fewKeys))
    const value = eventBytes(schemaId, benchEvent(sequence, key))
    await writer.write({ topic, partition: null, key, value, headers: {} })
  }
  await called((done) => producer.flush(timeoutMs, (error) => done(error, undefined)))
  tell({ is: 'written' })
}

process.on('disconnect', () => process.exit(0))
process.on('message', (wish: OutsideWish) => {
  if (wish.is === 'write') void write(wish.topic, wish.records)
  else void called((done) => producer.commitTransaction(timeoutMs, done))
})
const { port } = receiver.address() as AddressInfo
tell({ is: 'ready', receiverUrl: `http://127.0.0.1:${port}` })
