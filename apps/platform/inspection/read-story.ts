import type { LogAccess } from '#apps/platform/inspection/log-access'
import { Story, type StoryEvent, storyPartitions } from '#apps/platform/inspection/story'
import { recordsBetween } from '#core/records-between'

interface Reading {
  /** Id of the payment, or of the application it was born from. */
  readonly id: string
  /** Nothing before this instant belongs to it, milliseconds since the epoch; the whole log where absent. */
  readonly sinceMs?: number
}

/** All events of a payment, in the order the broker wrote them. */
export async function readStory(
  { kafka, wire, offsets }: LogAccess,
  { id, sinceMs }: Reading,
): Promise<readonly StoryEvent[]> {
  const partitions = await storyPartitions(offsets)
  const from =
    sinceMs === undefined
      ? await offsets.beginnings(partitions)
      : await offsets.since(partitions, sinceMs)
  const ends = await offsets.ends(partitions)
  const events = new Map<string, StoryEvent>()
  const story = new Story(id)
  const read = async () => {
    for await (const records of recordsBetween(kafka, { from, ends })) {
      await wire.prepareRead(records.map(({ value }) => value))
      const found = records.flatMap((record) => story.read(wire, record) ?? [])
      for (const event of found) events.set(event.at, event)
    }
  }
  // Twice: the first reading learns the names (an application's payment), the second finds all events.
  await read()
  await read()
  return [...events.values()].sort((one, other) => one.timestamp - other.timestamp)
}
