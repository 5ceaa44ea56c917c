import {
  answers,
  called,
  connect,
  type Consumer,
  disconnect,
  type KafkaSettings,
  newConsumer,
} from '#core/kafka'
import type { Position, TopicPartition } from '#core/records'
import type { Publisher } from '#core/publisher'
import type { Table } from '#core/table'
import type { OffsetSource } from '#core/offset-source'
import { redriveTopic } from '#schemas/engine/unit-topics'
import { units as unitStarts } from '#schemas/engine/units'
import { formatDateTime } from '#schemas/values/date-time'

/** Where a unit that never ran begins: the whole topic, only what comes, or an instant. */
export type StartPoint = 'earliest' | 'latest' | Date

/** The unit must not run: an operator has to decide or to mend. It does not restart itself. */
export class UnitStoppedError extends Error {
  override name = 'UnitStoppedError'
}

interface FirstStart {
  readonly unit: string
  readonly input: string
  readonly partitions: readonly number[]
  readonly from: StartPoint | undefined
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  /** The table `corrente.units`, refreshed. */
  readonly units: Table
  readonly publisher: Publisher
}

/** Offsets of a group below zero mean "none". */
export const hasOffset = (position: { readonly offset?: number | undefined }): boolean =>
  position.offset !== undefined && position.offset >= 0

/**
 * Sees to it that every partition has a committed offset before the unit joins its group. A unit never
 * starts from a guess: without offsets it needs `from`, once; noted in `corrente.units` and without offsets
 * it stops, since that is a loss and no first run.
 */
export async function ensureStarted(start: FirstStart): Promise<void> {
  const { unit, input, kafka, units } = start
  const numbered = (topic: string) => start.partitions.map((partition) => ({ topic, partition }))
  const partitions = numbered(input)
  const note = units.get(unit)?.value
  if (note && note['partitions'] !== partitions.length) {
    throw new UnitStoppedError(
      `${input} had ${String(note['partitions'])} partitions when ${unit} first ran and has ` +
        `${partitions.length} now: its state would be read under the wrong partition`,
    )
  }
  const client = newConsumer(kafka, { group: unit })
  await connect(client, kafka, input)
  try {
    const missing = await withoutOffset(client, partitions)
    if (missing.length > 0) {
      const from = allowed(start, note !== undefined)
      client.commitSync(await positionsFrom(from, missing, start.offsets))
    }
    const sentBack = await withoutOffset(client, numbered(redriveTopic(unit)))
    if (sentBack.length > 0) {
      if (note) await assertUnused(unit, sentBack, start.offsets)
      client.commitSync(await start.offsets.beginnings(sentBack))
    }
  } finally {
    await disconnect(client)
  }
  if (!note) await writeNote(start)
}

const withoutOffset = async (client: Consumer, partitions: readonly TopicPartition[]) =>
  answers(
    await called<Position[]>((done) => client.committed([...partitions], 10_000, done as never)),
  ).filter((position) => !hasOffset(position))

/** What was sent back to a unit that has run, and may have been done, would be done twice. */
async function assertUnused(
  unit: string,
  partitions: readonly TopicPartition[],
  offsets: OffsetSource,
): Promise<void> {
  const [beginnings, ends] = [await offsets.beginnings(partitions), await offsets.ends(partitions)]
  const used = ends.find(({ offset }, index) => offset > (beginnings[index]?.offset ?? 0))
  if (!used) return
  throw new UnitStoppedError(
    `${unit} has no committed offset on ${used.topic}, where dead letters were sent back to it: ` +
      `set it by kafka-consumer-groups --reset-offsets`,
  )
}

function allowed({ unit, input, from }: FirstStart, isNoted: boolean): StartPoint {
  if (isNoted) {
    throw new UnitStoppedError(
      `${unit} has run before and has no committed offset on ${input}: its offsets are lost; ` +
        `restore them, or set them by kafka-consumer-groups --reset-offsets`,
    )
  }
  if (from === undefined) {
    throw new UnitStoppedError(
      `${unit} never ran and does not guess where to begin: start it once with ` +
        `--from earliest, --from latest or --from <instant>`,
    )
  }
  return from
}

function positionsFrom(
  from: StartPoint,
  partitions: Parameters<OffsetSource['ends']>[0],
  offsets: OffsetSource,
): Promise<Position[]> {
  if (from === 'earliest') return offsets.beginnings(partitions)
  if (from === 'latest') return offsets.ends(partitions)
  return offsets.since(partitions, from.getTime())
}

const writeNote = ({ unit, input, partitions, from, publisher }: FirstStart) =>
  publisher.publish(unitStarts, {
    unit,
    input,
    partitions: partitions.length,
    from: from instanceof Date ? from.toISOString() : (from ?? 'committed'),
    noted_at: formatDateTime(new Date()),
  })
