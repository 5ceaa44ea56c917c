import { setTimeout as sleep } from 'node:timers/promises'
import { lastRecords } from '#apps/corrente/debits/last-records'
import { debitTimers } from '#apps/corrente/debits/topic-sources'
import { UnverifiableError } from '#apps/corrente/debits/unverifiable'
import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import type { GroupOffsets } from '#core/group-offsets'
import type { OffsetSource } from '#core/offset-source'
import { placeText, type Position, type TopicPartition } from '#core/records'
import type { AnyTopic } from '#schemas/topic'
import {
  debitCards,
  debitDecisions,
  debitRows,
  debits,
  ledgerEntries,
  statementEntries,
} from '#schemas/topics'

/** Up to where one partition is verified. */
export interface PartitionCut {
  readonly partition: number
  /** All requests below were decided, and what came of them is final. */
  readonly decidedBelow: number
  /** The changelog holds whole transactions up to here, and no part of another: all of what is below the cut, or more. */
  readonly rowsEnd: number
  /** Id of the request that the last row before that end is of; none where there is no row. */
  readonly lastRowEvent: string | undefined
  /** The timers are whole transactions up to here: all that the rows are of, and perhaps some that came since. */
  readonly timersEnd: number
}

export interface CutSources {
  readonly log: LogAccess
  /** Of the authoriser. */
  readonly group: GroupOffsets
  /** Ends of what is committed. */
  readonly committed: Pick<OffsetSource, 'ends'>
}

/** Longest wait for a transaction to end: one that was left open is ended by the broker within that. */
const transactionMsMax = 60_000

const written = [debitDecisions, ledgerEntries, statementEntries, debitRows, debitTimers]

/**
 * A cut through all topics that is consistent while the authoriser goes on. What it committed of a partition of `debits`
 * tells which requests are decided; decisions, entries and lines lie in the same order, so that those of requests below
 * are the first ones of their topics. A row of the state does not tell its request: the changelog is read up to an end
 * of transactions that came at the same time or later, and the cut is moved behind the request that the last row before
 * that end is of. Nobody need stop for it.
 *
 * Throws UnverifiableError where nothing was ever committed, records were deleted, or the partitions differ.
 */
export async function takeCut({ log, group, committed }: CutSources): Promise<PartitionCut[]> {
  const partitions = await existingPartitionsIn(log, debits.name)
  await expectWhole(log, partitions)
  const decided = new Map(
    (await group.of(partitions)).map((position) => [placeText(position), position.offset]),
  )
  const lost = partitions.find((one) => !decided.has(placeText(one)))
  if (lost) {
    throw new UnverifiableError(
      `debit-authoriser has committed nothing on ${placeText(lost)}: it never ran here, or its offsets are lost`,
    )
  }
  const rowsEnds = await transactionEnds({ log, committed }, placesOf(debitRows, partitions))
  const lastRows = await lastRecords(log, rowsEnds)
  const timersEnds = await transactionEnds({ log, committed }, placesOf(debitTimers, partitions))
  return rowsEnds.map((rowsEnd, index) => ({
    partition: rowsEnd.partition,
    decidedBelow: decided.get(placeText(partitions[index]!))!,
    rowsEnd: rowsEnd.offset,
    lastRowEvent: lastRows.get(placeText(rowsEnd))?.headers['causation-id'],
    timersEnd: timersEnds[index]!.offset,
  }))
}

/** Up to where it is read which account a card draws on, once the cut was taken: all that was told before it, or more. */
export async function takeCardEnds(
  sources: Omit<CutSources, 'group'>,
): Promise<readonly Position[]> {
  return transactionEnds(sources, await existingPartitionsIn(sources.log, debitCards.name))
}

const placesOf = ({ name: topic }: AnyTopic, partitions: readonly TopicPartition[]) =>
  partitions.map(({ partition }) => ({ topic, partition }))

/** Ends of transactions, behind everything that is written now. */
async function transactionEnds(
  { log, committed }: Omit<CutSources, 'group'>,
  places: readonly TopicPartition[],
): Promise<readonly Position[]> {
  const wanted = await log.offsets.ends(places)
  const deadline = performance.now() + transactionMsMax
  for (;;) {
    const ends = await committed.ends(places)
    const open = ends.find(({ offset }, index) => offset < wanted[index]!.offset)
    if (!open) return ends
    if (performance.now() > deadline) {
      const seconds = transactionMsMax / 1_000
      throw new UnverifiableError(`on ${placeText(open)} a transaction is open for ${seconds} s`)
    }
    await sleep(20)
  }
}

/** The books are proved from their beginning, partition by partition. */
async function expectWhole(log: LogAccess, partitions: readonly TopicPartition[]): Promise<void> {
  for (const topic of written) {
    const { length } = await existingPartitionsIn(log, topic.name)
    if (length === partitions.length) continue
    throw new UnverifiableError(
      `${topic.name} has ${length} partitions and ${debits.name} ${partitions.length}: ` +
        'what was decided of a partition does not lie in the one of the same number',
    )
  }
  const events = [debits, debitDecisions, ledgerEntries, statementEntries]
  const places = events.flatMap((topic) => placesOf(topic, partitions))
  const deleted = (await log.offsets.beginnings(places)).find(({ offset }) => offset > 0)
  if (!deleted) return
  throw new UnverifiableError(
    `${placeText(deleted)} begins at offset ${deleted.offset}: what was deleted before proves nothing any more`,
  )
}
