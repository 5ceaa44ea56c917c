import { writable } from '#core/await-registry'
import { deadLetterTopic } from '#core/dead-letter'
import { ensureStarted, type StartPoint, UnitStoppedError } from '#core/first-start'
import {
  connect,
  type Consumer,
  disconnect,
  heartbeatMs,
  isKafkaError,
  kafkaCodes,
  type KafkaSettings,
  newConsumer,
} from '#core/kafka'
import { take } from '#core/take'
import type { InputRecord } from '#core/records'
import type { CommittedPositions } from '#core/lag'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Handled } from '#core/outputs'
import { performTasks } from '#core/perform-tasks'
import { processBatches } from '#core/process-batches'
import type { Unit } from '#core/processor'
import type { Publisher } from '#core/publisher'
import { type Rebalance, Session } from '#core/session'
import type { Table } from '#core/table'
import type { OffsetSource } from '#core/topic-reader'
import { openTransactions, TransactionError } from '#core/transactions'
import { unlessAborted } from '#core/unless-aborted'
import type { Wire } from '#core/wire'

/** Everything a unit runs on. */
export interface UnitContext {
  readonly unit: Unit
  /** Names the static member and the transactional id: `<unit>-<slot>`. */
  readonly slot: string
  readonly from: StartPoint | undefined
  readonly kafka: KafkaSettings
  readonly wire: Wire
  readonly offsets: OffsetSource
  readonly publisher: Publisher
  /** The unit's lookups by their declared names. */
  readonly tables: Readonly<Record<string, Table>>
  readonly units: Table
  /** Told how far the unit has committed. */
  readonly positions: CommittedPositions
  readonly metrics: Metrics
  readonly log: Log
  readonly appVersion: string
  /** Aborted when the unit is to drain. */
  readonly signal: AbortSignal
  readonly onWaiting: (reason: string | undefined) => void
  readonly onTransient: (record: InputRecord, reason: string, attempt: number) => void
  readonly onCommitted: (done: readonly Handled[]) => void
  readonly onRunning: () => void
}

/**
 * The group gave this member's static id away: to a successor in the same slot, or, after a silence of the
 * broker, to this process itself, whose repeated request was taken for a successor's.
 */
export class FencedError extends Error {
  override name = 'FencedError'
  constructor(member: string) {
    super(`another process holds ${member}: this one was fenced and stops`)
  }
}

/** Runs one session until the unit is drained; throws when something broke. */
export async function runSession(context: UnitContext): Promise<void> {
  const { unit, slot, kafka, wire, signal, onWaiting } = context
  const partitions = await existingPartitions(context)
  await writable(wire, [...unit.outputs, ...(unit.state ? [unit.state] : [])], {
    signal,
    onWaiting,
  })
  const tables = [context.units, ...Object.values(context.tables)]
  await unlessAborted(signal, Promise.all(tables.map((table) => table.refresh())))
  await ensureStarted({ ...context, unit: unit.name, input: unit.input.name, partitions })
  const member = `${unit.name}-${slot}`
  const rebalances: Rebalance[] = []
  let isClosing = false
  const consumer: Consumer = newConsumer(kafka, {
    group: unit.name,
    instance: member,
    onRebalance: (code, assigned) => {
      if (isClosing) giveBack(consumer)
      else rebalances.push({ code, partitions: assigned })
    },
  })
  // Fences the previous holder of this slot before a record is read.
  const transactions = await openTransactions(kafka, member)
  const session = new Session(context, { consumer, transactions, rebalances })
  try {
    await connect(consumer, kafka)
    consumer.subscribe([unit.input.name])
    if (unit.kind === 'processor') await processBatches(session)
    else await performTasks(session, unit)
  } catch (error) {
    throw (await isFenced(consumer, error)) ? new FencedError(member) : error
  } finally {
    isClosing = true
    await session.close()
    // A rebalance still in the queue waits for this answer, and the client's closing with it.
    giveBack(consumer)
    await disconnect(consumer)
  }
}

// Called inside the client's callback, where an error would end the process; not connected is given back too.
function giveBack(consumer: Consumer): void {
  try {
    consumer.unassign()
  } catch {
    return
  }
}

/**
 * A transaction that timed out and a successor in the same slot look alike to the producer. The group
 * knows: only a successor with the same static id makes this member's consumer fatal, at its next heartbeat.
 */
async function isFenced(consumer: Consumer, error: unknown): Promise<boolean> {
  if (isFencing(error)) return true
  if (!(error instanceof TransactionError) || !error.isFatal) return false
  const deadline = performance.now() + 2 * heartbeatMs
  while (performance.now() < deadline) {
    try {
      await take(consumer, 1, 100)
    } catch (found) {
      return isFencing(found)
    }
  }
  return false
}

const isFencing = (error: unknown) =>
  isKafkaError(error) &&
  (error.code === kafkaCodes.fatal || error.code === kafkaCodes.fencedInstance)

async function existingPartitions({
  unit,
  offsets,
  kafka,
}: UnitContext): Promise<readonly number[]> {
  const names = [
    ...[unit.input, ...unit.outputs, ...(unit.state ? [unit.state] : [])].map(({ name }) => name),
    deadLetterTopic(unit.name),
  ]
  const found = new Map<string, readonly number[]>()
  for (const name of names) {
    const partitions = await offsets.partitionsOf(name)
    if (!partitions) {
      throw new Error(`topic ${name} is missing on ${kafka.brokers}: run corrente topics apply`)
    }
    found.set(name, partitions)
  }
  const input = found.get(unit.input.name) ?? []
  const state = unit.state && found.get(unit.state.name)
  if (state && state.length !== input.length) {
    throw new UnitStoppedError(
      `${unit.state.name} has ${state.length} partitions and ${unit.input.name} ${input.length}: ` +
        'the rows of a partition would be read under another one',
    )
  }
  return input
}
