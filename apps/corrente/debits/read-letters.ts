import { type LogAccess, partitionsIn, wholeOf } from '#apps/platform/inspection/log-access'
import { readValue } from '#apps/corrente/debits/topic-feed'
import { deadLetterTopic } from '#core/dead-letter'
import { asFirstRead } from '#core/redriven'
import { deadLetterOf } from '#core/redrive'
import { redriveTopic } from '#schemas/engine/unit-topics'
import { debits } from '#schemas/topics'
import type { PlacedRequest } from '#streams/debits/verification/placed'

/** What went another way than the log's, by partition of `debits`. */
export interface Letters {
  /** Offsets of requests that were set aside. */
  readonly aside: ReadonlySet<number>
  /** Those sent back, in the order in which they were read again. */
  readonly sentBack: readonly PlacedRequest[]
}

const none: Letters = { aside: new Set(), sentBack: [] }

/** The dead letters of a unit that decides of debits, and those an operator sent back to it. They are few. */
export async function readLetters(
  log: LogAccess,
  unit: string,
): Promise<(partition: number) => Letters> {
  const found = new Map<number, { aside: Set<number>; sentBack: PlacedRequest[] }>()
  const of = (partition: number) => {
    const letters = found.get(partition) ?? { aside: new Set<number>(), sentBack: [] }
    found.set(partition, letters)
    return letters
  }
  for await (const records of wholeOf(log, await partitionsIn(log, deadLetterTopic(unit)))) {
    for (const record of records) {
      const { topic, partition, offset } = deadLetterOf(unit, record).origin
      if (topic === debits.name) of(partition).aside.add(offset)
    }
  }
  for await (const records of wholeOf(log, await partitionsIn(log, redriveTopic(unit)))) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    for (const record of records) {
      const { partition, offset } = asFirstRead(record)
      const read = readValue(log.wire, debits, record)
      if (!('value' in read)) continue
      const { timestamp } = record
      of(partition).sentBack.push({ partition, offset, timestamp, request: read.value })
    }
  }
  return (partition) => found.get(partition) ?? none
}
