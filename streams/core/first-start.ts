import { answers, called, connect, disconnect, type KafkaSettings, newConsumer } from '#core/kafka'
import type { Position } from '#core/records'
import type { Publisher } from '#core/publisher'
import type { Table } from '#core/table'
import type { OffsetSource } from '#core/topic-reader'
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
  const partitions = start.partitions.map((partition) => ({ topic: input, partition }))
  const note = units.get(unit)?.value
  if (note && note['partitions'] !== partitions.length) {
    throw new UnitStoppedError(
      `${input} had ${String(note['partitions'])} partitions when ${unit} first ran and has ` +
        `${partitions.length} now: its state would be read under the wrong partition`,
    )
  }
  const client = newConsumer(kafka, { group: unit })
  await connect(client, kafka)
  try {
    const committed = await called<Position[]>((done) =>
      client.committed(partitions, 10_000, done as never),
    )
    const missing = answers(committed).filter((position) => !hasOffset(position))
    if (missing.length > 0) {
      const from = allowed(start, note !== undefined)
      client.commitSync(await positionsFrom(from, missing, start.offsets))
    }
  } finally {
    await disconnect(client)
  }
  if (!note) await writeNote(start)
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
