import type { OffsetSource } from '#core/offset-source'
import { placeText, type Position } from '#core/records'
import type { ProjectionPosition, ProjectionStore } from '#ports/projection-store'
import type { AnyTopic } from '#schemas/topic'

/** A topic whose records become rows elsewhere. */
export interface Projection {
  /** Of its positions, its metrics and its log lines: it never changes. */
  readonly name: string
  readonly topic: AnyTopic
}

/** The projection does not go on by itself: an operator must look first. */
export class ProjectionStoppedError extends Error {
  override name = 'ProjectionStoppedError'
}

interface Starting {
  readonly store: Pick<ProjectionStore, 'positions' | 'begin' | 'advice'>
  readonly offsets: Pick<OffsetSource, 'partitionsOf' | 'beginnings' | 'ends'>
  /** Id of the Kafka cluster that is read. */
  readonly cluster: () => Promise<string>
}

/**
 * Where each partition is read from: where the store stands, or, of a topic it has never begun, from its beginning.
 * Throws ProjectionStoppedError where that would be a guess: another cluster, other partitions, a place outside the log.
 */
export async function projectionStart(
  { topic }: Projection,
  starting: Starting,
): Promise<readonly Position[]> {
  const { store, offsets } = starting
  const numbers = await offsets.partitionsOf(topic.name)
  if (!numbers) throw new Error(`topic ${topic.name} is missing: run corrente topics apply`)
  const kept = (await store.positions()).filter((position) => position.topic === topic.name)
  const cluster = await starting.cluster()
  if (kept.length === 0) {
    const places = numbers.map((partition) => ({ topic: topic.name, partition }))
    const beginnings = await offsets.beginnings(places)
    await store.begin(beginnings.map((beginning) => ({ ...bare(beginning), cluster })))
    return beginnings.map(bare)
  }
  assertSameLog(kept, { cluster, partitions: numbers.length }, store.advice)
  await assertInsideLog(kept, starting)
  return kept.map(bare)
}

const bare = ({ topic, partition, offset }: Position): Position => ({ topic, partition, offset })

function assertSameLog(
  kept: readonly ProjectionPosition[],
  now: { readonly cluster: string; readonly partitions: number },
  { rebuild }: ProjectionStore['advice'],
): void {
  const other = kept.find(({ cluster }) => cluster !== now.cluster)
  if (other) {
    throw new ProjectionStoppedError(
      `the rows of ${other.topic} were made from the Kafka cluster ${other.cluster}, and this is ${now.cluster}: ` +
        `connect the former one, or build the rows anew (${rebuild})`,
    )
  }
  // Keys have moved: a later record of one may lie where it is read before an earlier one.
  if (kept.length !== now.partitions) {
    throw new ProjectionStoppedError(
      `topic ${kept[0]?.topic} has ${now.partitions} partitions, and had ${kept.length} when the projection began: ` +
        `build the rows anew (${rebuild})`,
    )
  }
}

async function assertInsideLog(
  positions: readonly Position[],
  { store, offsets }: Starting,
): Promise<void> {
  const beginnings = await offsets.beginnings(positions)
  const ends = await offsets.ends(positions)
  positions.forEach((position, index) => {
    const { offset } = position
    const first = beginnings[index]?.offset ?? offset
    const end = ends[index]?.offset ?? offset
    if (offset >= first && offset <= end) return
    throw new ProjectionStoppedError(
      `the rows go up to offset ${offset} of ${placeText(position)}, and the log goes from ${first} to ${end}: ` +
        `records were deleted unread or the topic was made anew; build the rows anew (${store.advice.rebuild})`,
    )
  })
}
