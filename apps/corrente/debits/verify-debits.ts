import { lastRecords } from '#apps/corrente/debits/last-records'
import { openProjection, type OpenProjection } from '#apps/corrente/debits/postgres/open-projection'
import { readCards } from '#apps/corrente/debits/read-cards'
import { readLetters } from '#apps/corrente/debits/read-letters'
import { type PartitionCut, takeCardEnds, takeCut } from '#apps/corrente/debits/take-cut'
import { openTopicSources } from '#apps/corrente/debits/topic-sources'
import { UnverifiableError } from '#apps/corrente/debits/unverifiable'
import type {
  PartitionReport,
  PostgresReport,
  Verification,
  Verifying,
} from '#apps/corrente/debits/verification'
import { VerificationRows } from '#apps/corrente/debits/verification-rows'
import { Verifier } from '#apps/corrente/debits/verifier'
import { openGroupOffsets } from '#core/group-offsets'
import { openOffsetSource } from '#core/offset-source'
import { placeText, type Position, type TopicPartition } from '#core/records'
import { debitDecisions, debits, ledgerEntries, statementEntries } from '#schemas/topics'

/** The unit whose work is verified. */
const unit = 'debit-authoriser'
/** How long the projection is waited for, milliseconds. */
const projectionMsMax = 30_000
const projected = [debitDecisions, ledgerEntries, statementEntries]

/**
 * Proves the books of debits from the topics alone, up to a cut, and compares the state of the authoriser and, where
 * there is one, the projection in Postgres with them. Throws where that cannot be done: UnverifiableError where
 * something is not whole, or what Kafka, the registry, the disk or Postgres say.
 */
export async function verifyDebits(verifying: Verifying): Promise<Verification> {
  const { log, directory } = verifying
  const began = performance.now()
  const group = await openGroupOffsets(log.kafka, unit)
  const committed = await openOffsetSource(log.kafka, 'read_committed')
  const sources = await openTopicSources(log.kafka)
  let rows: VerificationRows | undefined
  let projection: OpenProjection | undefined
  try {
    const cuts = await takeCut({ log, group, committed })
    const cardEnds = await takeCardEnds({ log, committed })
    const opened = await openedProjection(verifying, placesIn(projected, cuts))
    if ('positionOf' in opened) projection = opened
    rows = new VerificationRows(directory, cuts.length)
    // Asked for after all else: whatever is in the state, a timer or in the tables came of what lies before these ends.
    const found = await log.offsets.ends(placesIn([debits, ...projected], cuts))
    const ends = new Map(found.map((end) => [placeText(end), end.offset]))
    const letters = await readLetters(log, unit)
    const verifier = new Verifier({ verifying, sources, group, ends, letters, rows, projection })
    const partitions: PartitionReport[] = []
    for (const cut of cuts) partitions.push(await verifier.partition(cut))
    const postgres = await verifier.ended(await readCards(log, cardEnds, verifier.violations))
    return {
      partitions,
      totals: verifier.balance.list(),
      violations: verifier.violations.list(),
      isRedecided: verifying.settings !== undefined,
      postgres: 'positionOf' in opened ? { state: 'compared', rows: postgres } : opened,
      seconds: (performance.now() - began) / 1_000,
    }
  } finally {
    await rows?.close()
    await projection?.close()
    await Promise.all([group.close(), committed.close(), sources.close()])
  }
}

const placesIn = (
  topics: readonly { readonly name: string }[],
  cuts: readonly PartitionCut[],
): readonly TopicPartition[] =>
  topics.flatMap(({ name: topic }) => cuts.map(({ partition }) => ({ topic, partition })))

async function openedProjection(
  { log, cluster, postgres, onProgress }: Verifying,
  places: readonly TopicPartition[],
): Promise<OpenProjection | PostgresReport> {
  if ('leftOut' in postgres) return { state: 'left-out', reason: postgres.leftOut }
  // Behind the last record there are markers, of which a projection hears late.
  const last = await lastRecords(log, await log.offsets.ends(places))
  const needed = Array.from(last.values(), ({ topic, partition, offset }): Position => {
    return { topic, partition, offset: offset + 1 }
  })
  onProgress('waiting for the projection')
  const opening = { url: postgres.url, needed, waitMs: projectionMsMax }
  try {
    return await openProjection({ ...opening, cluster: await cluster() })
  } catch (error) {
    if (!(error instanceof UnverifiableError)) throw error
    return { state: 'not-verified', reason: error.message }
  }
}
