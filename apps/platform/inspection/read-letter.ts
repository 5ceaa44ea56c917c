import { readDecisions } from '#apps/platform/inspection/dead-letters'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import { type ShownRecord, shownRecord } from '#apps/platform/inspection/shown-record'
import { deadLetterTopic } from '#core/dead-letter'
import { recordsBetween } from '#core/records-between'
import { type DeadLetter, deadLetterOf, type Decision } from '#core/redrive'

/** Where a dead letter lies: partition and offset on `<unit>.dlq`. */
export interface LetterPlace {
  readonly unit: string
  readonly partition: number
  readonly offset: number
}

/** A dead letter as it is shown. */
export interface LetterView {
  readonly letter: DeadLetter
  readonly decision: Decision | undefined
  readonly shown: ShownRecord
}

/** Reads one dead letter; undefined where none is at the place. Persons are hidden unless they are asked for. */
export async function readLetter(
  log: LogAccess,
  { unit, partition, offset }: LetterPlace,
  { isPersonalShown = false } = {},
): Promise<LetterView | undefined> {
  const { kafka, wire, offsets } = log
  const topic = deadLetterTopic(unit)
  const at = (await partitionsIn(log, topic)).filter((one) => one.partition === partition)
  const [first] = await offsets.beginnings(at)
  const [end] = await offsets.ends(at)
  if (!first || !end || offset < first.offset || offset >= end.offset) return undefined
  const from = [{ topic, partition, offset }]
  const ends = [{ topic, partition, offset: offset + 1 }]
  for await (const [record] of recordsBetween(kafka, { from, ends })) {
    if (!record) continue
    await wire.prepareRead([record.value])
    const letter = deadLetterOf(unit, record)
    const decision = (await readDecisions(log)).of(letter)
    const showing = { wire, topic: describedTopic(topic), isPersonalShown }
    return { letter, decision, shown: shownRecord(record, showing) }
  }
  return undefined
}
