import {
  connect,
  disconnect,
  isKafkaError,
  kafkaCodes,
  type KafkaSettings,
  newProducer,
} from '#core/kafka'
import type { OutputRecord } from '#core/records'
import { plainWriter } from '#core/record-writer'
import { closeProducer, insist, TransactionError, transactionMs } from '#core/transactions'

/** Writes records of an operator: those of one call become visible together, or none of them. */
export interface AtomicWriter {
  /** Throws FencedWriterError where another writer of the same name came later, and TransactionError. */
  write(records: readonly OutputRecord[]): Promise<void>
  close(): Promise<void>
}

/**
 * This writer may not write any more: another one of the same name has begun, or Kafka was silent for too long. What
 * became of the records of the call is to be read.
 */
export class FencedWriterError extends Error {
  override name = 'FencedWriterError'
}

/**
 * Opens a writer of that name. Every earlier one is fenced first and what it left open is aborted: what is read after
 * this call holds all that they have written.
 */
export async function openAtomicWriter(kafka: KafkaSettings, name: string): Promise<AtomicWriter> {
  const producer = newProducer(kafka, { id: name, timeoutMs: transactionMs })
  await connect(producer, kafka)
  // Delivery reports are always queued: unpolled they would fill the client's memory.
  producer.setPollInterval(100)
  try {
    await insist((done) => producer.initTransactions(10_000, done))
  } catch (error) {
    await disconnect(producer)
    throw error
  }
  const writer = plainWriter(producer)
  return {
    async write(records) {
      try {
        await insist((done) => producer.beginTransaction(done))
        for (const record of records) await writer.write(record)
        await insist((done) => producer.commitTransaction(10_000, done))
      } catch (error) {
        throw isFenced(error)
          ? new FencedWriterError(`another process writes as ${name}, or Kafka was silent too long`)
          : error
      }
    },
    close: () => closeProducer(producer),
  }
}

const isFenced = (error: unknown): boolean => {
  const cause = error instanceof TransactionError ? error.cause : error
  return (
    isKafkaError(cause) && (cause.code === kafkaCodes.fenced || cause.code === kafkaCodes.fatal)
  )
}
