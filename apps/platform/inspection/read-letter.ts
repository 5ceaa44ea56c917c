import { readDecisions, tenantOf } from '#apps/platform/inspection/dead-letters'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { goneSentence, isDeclared } from '#apps/platform/inspection/gone-units'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import { type ShownRecord, shownRecord } from '#apps/platform/inspection/shown-record'
import { deadLetterTopic } from '#core/dead-letter'
import { recordsBetween } from '#core/records-between'
import type { InputRecord } from '#core/records'
import { type DeadLetter, deadLetterOf, type Decision, redriveRefusal } from '#core/redrive'

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
  /** The letter; of one that has no bytes the original, from where it stands, if it still does. */
  readonly shown: ShownRecord
  /** The public body that the original names. */
  readonly tenant?: string | undefined
  /** Why it cannot be sent back, in a sentence; undefined where it can. */
  readonly refusal?: string | undefined
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
    const letter = deadLetterOf(unit, record)
    const decision = (await readDecisions(log)).of(letter)
    const original = letter.leftInPlaceBytes === undefined ? record : await originalOf(log, letter)
    await wire.prepareRead([original?.value ?? null])
    const showing = { wire, topic: describedTopic(letter.origin.topic), isPersonalShown }
    return {
      letter,
      decision,
      shown: shownRecord({ ...record, value: original?.value ?? null }, showing),
      tenant: tenantOf(wire, { ...letter, record: original ?? record }),
      refusal: isDeclared(unit) ? redriveRefusal(letter, decision, false) : goneSentence(unit),
    }
  }
  return undefined
}

/** The record that a letter tells of, where it first stood; undefined where it is not there any more. */
async function originalOf(
  { kafka, offsets }: LogAccess,
  { origin }: DeadLetter,
): Promise<InputRecord | undefined> {
  const { topic, partition, offset } = origin
  if (!(await offsets.partitionsOf(topic))?.includes(partition)) return undefined
  const [first] = await offsets.beginnings([{ topic, partition }])
  const [end] = await offsets.ends([{ topic, partition }])
  if (!first || !end || offset < first.offset || offset >= end.offset) return undefined
  const ends = [{ topic, partition, offset: offset + 1 }]
  for await (const [record] of recordsBetween(kafka, { from: [origin], ends })) return record
  return undefined
}
