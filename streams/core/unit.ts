import { writable } from '#core/await-registry'
import type { Circuits } from '#core/circuits'
import type { Fencings } from '#core/fencings'
import { ensureStarted, type StartPoint, UnitStoppedError } from '#core/first-start'
import {
  connect,
  type Consumer,
  heartbeatMs,
  isKafkaError,
  kafkaCodes,
  type KafkaSettings,
} from '#core/kafka'
import { newGroupMember } from '#core/group-member'
import { take } from '#core/take'
import type { InputRecord } from '#core/records'
import type { CommittedPositions } from '#core/lag'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { StateSettings } from '#core/open-store'
import type { Handled } from '#core/outputs'
import { performTasks } from '#core/perform-tasks'
import { processBatches } from '#core/process-batches'
import type { Unit } from '#core/processor'
import type { Publisher } from '#core/publisher'
import type { Settled } from '#core/lane-entries'
import { Session } from '#core/session'
import type { Table } from '#core/table'
import type { OffsetSource } from '#core/offset-source'
import {
  openTransactions,
  TransactionError,
  transactionMs,
  type Transactions,
} from '#core/transactions'
import type { UnitTracing } from '#core/unit-tracing'
import { changelogsOf, inputTopicsOf, neededTopicsOf, writtenTopicsOf } from '#core/unit-topics'
import { unlessAborted } from '#core/unless-aborted'
import type { Wire } from '#core/wire'
import { redriveTopic } from '#schemas/engine/unit-topics'

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
  readonly committed: CommittedPositions
  readonly metrics: Metrics
  readonly log: Log
  /** Absent where traces are off. */
  readonly tracing?: UnitTracing | undefined
  readonly appVersion: string
  readonly state: StateSettings | 'memory'
  /** Aborted when the unit is to drain. */
  readonly signal: AbortSignal
  readonly onWaiting: (reason: string | undefined) => void
  /** The outside parties' circuits, which outlive a session. */
  readonly circuits: Circuits
  /** When the unit was fenced, and when a broker was lost; outlives a session, too. */
  readonly fencings: Fencings
  /** The clock of timers, parked records and tasks, milliseconds since the epoch. */
  readonly now: () => number
  readonly onTransient: (record: InputRecord, reason: string, attempt: number) => void
  /** A record of a task waits in its place and holds its partition back: why. */
  readonly onHeld: (record: InputRecord, reason: string) => void
  /** A record of a task was handed over: done, or it waits. */
  readonly onSettled: (settled: Settled) => void
  readonly onParked: (parked: { readonly keys: number; readonly records: number }) => void
  /** Told of a transaction and when it began and ended, by `performance.now()`. */
  readonly onCommitted: (done: readonly Handled[], startMs: number, endMs: number) => void
  readonly onRunning: () => void
  /** Told how far the restore of the unit's rows has come, and `undefined` once it is over. */
  readonly onRestoring: (note: string | undefined) => void
}

/**
 * The group knows another holder of this member's static id: a second process in the same slot, or, once a broker was
 * lost, this process itself, as it was before or as its own repeated request.
 */
export class FencedError extends Error {
  override name = 'FencedError'
  readonly member: string
  constructor(member: string) {
    super(`fenced as ${member}: another process holds it, or a broker was lost`)
    this.member = member
  }
}

/** Runs one session until the unit is drained; throws when something broke. */
export async function runSession(context: UnitContext): Promise<void> {
  const { unit, slot, kafka, wire, signal, fencings, onWaiting } = context
  const partitions = await existingPartitions(context)
  await writable(wire, writtenTopicsOf(unit), { signal, onWaiting })
  const tables = [context.units, ...Object.values(context.tables)]
  await unlessAborted(signal, Promise.all(tables.map((table) => table.refresh())))
  const member = `${unit.name}-${slot}`
  const onBrokerLost = () => fencings.brokerLost()
  const groupMember = newGroupMember(kafka, { group: unit.name, instance: member }, onBrokerLost)
  const { consumer, rebalances } = groupMember
  // Fences the previous holder of this slot before a record is read, and ends what it left open: until then Kafka says
  // nothing of the offsets.
  const transactions = await openTransactions(kafka, member, unit.input.name)
  try {
    await ensureStarted({ ...context, unit: unit.name, input: unit.input.name, partitions })
  } catch (error) {
    await transactions.close()
    throw error
  }
  const given = { consumer, transactions, rebalances, partitions: partitions.length }
  const session = new Session(context, given)
  try {
    await connect(consumer, kafka, unit.input.name)
    consumer.subscribe([...inputTopicsOf(unit)])
    if (unit.kind === 'processor') await processBatches(session)
    else await performTasks(session, unit)
    await session.settle()
  } catch (error) {
    throw (await isFenced(error, { consumer, transactions })) ? new FencedError(member) : error
  } finally {
    await session.close()
    await groupMember.close()
  }
}

/**
 * A transaction that timed out and a successor in the same slot look alike to the producer. One too young to have timed
 * out met a successor. Of an older one the group knows: only a successor with the same static id makes this member's
 * consumer fatal, at its next heartbeat.
 */
async function isFenced(
  error: unknown,
  { consumer, transactions }: { consumer: Consumer; transactions: Transactions },
): Promise<boolean> {
  if (!(error instanceof TransactionError)) return isFencing(error)
  if (error.isMemberFenced) return true
  if (!error.isFatal) return false
  if (error.isFenced && transactions.ageMs() < transactionMs) return true
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
  const found = new Map<string, readonly number[]>()
  for (const name of neededTopicsOf(unit)) {
    const partitions = await offsets.partitionsOf(name)
    if (!partitions) {
      throw new Error(`topic ${name} is missing on ${kafka.brokers}: run corrente topics apply`)
    }
    found.set(name, partitions)
  }
  const input = found.get(unit.input.name) ?? []
  for (const name of [redriveTopic(unit.name), ...changelogsOf(unit).map((topic) => topic.name)]) {
    const count = found.get(name)?.length ?? 0
    if (count === input.length) continue
    throw new UnitStoppedError(
      `${name} has ${count} partitions and ${unit.input.name} ${input.length}: ` +
        'the rows of a partition would be read under another one',
    )
  }
  return input
}
