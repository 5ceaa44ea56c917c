import { readDecisions } from '#apps/platform/inspection/dead-letters'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { type LogAccess, partitionsIn, wholeOf } from '#apps/platform/inspection/log-access'
import type { StoryEvent } from '#apps/platform/inspection/story'
import { deadLetterTopic } from '#core/dead-letter'
import type { Unit } from '#core/processor'
import { type DeadLetter, deadLetterOf, type Decision, placeOf } from '#core/redrive'
import type { Wire } from '#core/wire'

/** A record of a payment's story that was set aside, and what was decided on it. */
export interface StoryLetter {
  readonly letter: DeadLetter
  readonly decision: Decision | undefined
}

/** The dead letters of a payment or its application, by these ids. */
export async function readStoryLetters(
  log: LogAccess,
  units: readonly Unit[],
  ids: ReadonlySet<string>,
): Promise<readonly StoryLetter[]> {
  const unitOf = new Map(units.map(({ name }) => [deadLetterTopic(name), name]))
  const places = await Promise.all([...unitOf.keys()].map((topic) => partitionsIn(log, topic)))
  const found: DeadLetter[] = []
  for await (const records of wholeOf(log, places.flat())) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    const letters = records.map((record) => deadLetterOf(unitOf.get(record.topic)!, record))
    found.push(...letters.filter((letter) => isAbout(log.wire, letter, ids)))
  }
  if (found.length === 0) return []
  const decisions = await readDecisions(log)
  return found.map((letter) => ({ letter, decision: decisions.of(letter) }))
}

const members = ['id', 'remote_id', 'payment_id', 'application_id'] as const

/** Whether a letter is about one of these ids: by its key, or by what its original says, its writer's schema known. */
export function isAbout(
  wire: Wire,
  { record, origin }: DeadLetter,
  ids: ReadonlySet<string>,
): boolean {
  if (record.key !== null && ids.has(record.key)) return true
  const topic = describedTopic(origin.topic)
  if (!topic || record.value === null) return false
  try {
    const decoded = wire.decode(topic, record.value, record.key)
    if (decoded.kind !== 'value') return false
    const value = decoded.value as Readonly<Record<string, unknown>>
    return members.some((name) => ids.has(value[name] as string))
  } catch {
    return false
  }
}

/** A dead letter as an event of the story. */
export const letterEvent = ({ letter, decision }: StoryLetter): StoryEvent => ({
  at: placeOf(letter.record),
  timestamp: letter.record.timestamp,
  what:
    `set aside: ${letter.error}, ` +
    (decision
      ? `${decision.action} at ${decision.at}`
      : `nobody has decided on it: corrente dlq show ${placeOf(letter.record)}`),
  by: letter.unit,
  payment: undefined,
})
