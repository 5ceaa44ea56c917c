import {
  called,
  connect,
  type Consumer,
  disconnect,
  isKafkaError,
  kafkaCodes,
  type KafkaError,
  type KafkaSettings,
  newProducer,
  type Producer,
} from '#core/kafka'
import { nativeBatches } from '#core/native/load'
import type { OutputRecord, Position } from '#core/records'
import { batchedWriter, plainWriter } from '#core/record-writer'

/**
 * After this the broker aborts a transaction left open, milliseconds; well above one batch, and with the interval in
 * which the broker looks for them (5 s where it is embedded) no longer than another slot takes to take over.
 */
export const transactionMs = 5_000
/** A call that stays unanswered this long has an unknown outcome. */
const answerMsMax = 20_000
const tryMs = 2_000
/** Longer than acknowledgements take where nothing is wrong; what else there is, the commit itself says. */
const flushMs = 200

/** The transactional side of one unit and slot. Any error means: drop it, open anew, re-read the offsets. */
export interface Transactions {
  /**
   * Opens a transaction that moves the unit to these positions (KIP-447). They carry the group's generation: they
   * are the fence against an owner that woke late, so there is no transaction without them.
   */
  begin(consumer: Consumer, positions: readonly Position[]): Promise<void>
  /** Queues a record of the open transaction; a promise only while the client's queue is full. */
  write(record: OutputRecord): Promise<void> | undefined
  /** How long ago the last transaction was opened, milliseconds: the broker ends none by itself before `transactionMs`. */
  ageMs(): number
  /** Makes the written records and the positions final together. */
  commit(): Promise<void>
  close(): Promise<void>
}

/** A call of the transaction failed for good: its outcome may be unknown, so the unit begins anew. */
export class TransactionError extends Error {
  override name = 'TransactionError'
  /** The producer cannot go on: it timed out at the broker, or a successor fenced it. */
  readonly isFatal: boolean
  /** The broker knows a later producer of the same transactional id, or has ended this one's transaction itself. */
  readonly isFenced: boolean
  /** The group gave this member's static id to another process. */
  readonly isMemberFenced: boolean
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    const error = isKafkaError(cause) ? cause : undefined
    this.isFatal = error?.isFatal === true
    this.isFenced = error?.code === kafkaCodes.fenced
    this.isMemberFenced = error?.code === kafkaCodes.fencedInstance
  }
}

const isTimeOut = (error: KafkaError | null) => error?.code === kafkaCodes.timedOut

/** Repeats the same call while the client says that repeating is right. */
export async function insist(call: (done: (error: KafkaError) => void) => void): Promise<void> {
  const deadline = performance.now() + answerMsMax
  for (;;) {
    try {
      return await called((done) => call((error) => done(error, undefined)))
    } catch (error) {
      const isRepeatable =
        isKafkaError(error) && error.isRetriable && !error.isFatal && !error.isTxnRequiresAbort
      if (!isRepeatable || performance.now() > deadline) throw new TransactionError(error)
    }
  }
}

/** Connects and fences every earlier holder of the same transactional id (one unit, one slot); `topic` is its input. */
export async function openTransactions(
  settings: KafkaSettings,
  transactionalId: string,
  topic: string,
): Promise<Transactions> {
  const producer = newProducer(settings, { id: transactionalId, timeoutMs: transactionMs })
  await connect(producer, settings, topic)
  // Delivery reports are always queued: unpolled they would fill the client's memory.
  producer.setPollInterval(100)
  try {
    await insist((done) => producer.initTransactions(tryMs, done))
  } catch (error) {
    await disconnect(producer)
    throw error
  }
  const writer = nativeBatches ? batchedWriter(nativeBatches, producer) : plainWriter(producer)
  let openedAtMs = performance.now()
  return {
    async begin(consumer, positions) {
      openedAtMs = performance.now()
      await called((done) => producer.beginTransaction((e) => done(e, undefined)))
      // First: while the broker still ends the transaction before, this call comes again after retry.backoff.ms, where
      // the first record of a partition would wait for 20 ms that the client fixes.
      await insist((done) =>
        producer.sendOffsetsToTransaction([...positions], consumer, tryMs, done),
      )
    },
    write: (record) => writer.write(record),
    ageMs: () => performance.now() - openedAtMs,
    async commit() {
      await writer.handOver()
      // Only faster than the commit, which waits for them too: an error of the transaction leaves records for good.
      await called((done) => writer.flush(flushMs, (e) => done(isTimeOut(e) ? null : e, undefined)))
      await insist((done) => producer.commitTransaction(tryMs, done))
    },
    close: () => closeProducer(producer),
  }
}

/** Aborts what is open and disconnects. */
export async function closeProducer(producer: Producer): Promise<void> {
  // An open transaction is aborted at once, so that nobody waits for its time-out; where the broker does
  // not answer, initTransactions of the successor does it.
  await called((done) => producer.abortTransaction(tryMs, (e) => done(e, undefined))).catch(
    () => undefined,
  )
  await disconnect(producer)
}
