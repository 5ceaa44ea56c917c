import { Problem } from '#apps/platform/problem'
import { codecOf } from '#schemas/codec'
import { majorVersionOf } from '#schemas/event-version'
import type { AnyTopic } from '#schemas/topic'
import { InvalidValueError } from '#schemas/values/invalid-value'

/**
 * The event of a topic in plain JSON. Members the schema does not know are dropped. Problem 422 with `pointer`
 * and `reason` where it is none; neither repeats a value.
 */
export function readEvent(topic: AnyTopic, json: unknown): Record<string, unknown> {
  const normalised = topic.normalise(json)
  checkVersion(topic, normalised)
  try {
    return codecOf(topic.schema).fromJson(normalised) as unknown as Record<string, unknown>
  } catch (error) {
    if (error instanceof InvalidValueError) throw invalid(error.pointer, error.reason)
    throw error
  }
}

function checkVersion(topic: AnyTopic, json: unknown): void {
  if (typeof json !== 'object' || json === null || !('event_version' in json)) return
  const major = majorVersionOf(json)
  const read = topic.majorVersions.join(' and ')
  if (major === undefined) throw invalid('/event_version', 'is no version such as 2.0')
  if (!topic.majorVersions.includes(major)) {
    throw invalid('/event_version', `is version ${major}; version ${read} is taken here`)
  }
}

const invalid = (pointer: string, reason: string): Problem =>
  new Problem(422, `${pointer === '' ? 'the event' : pointer} ${reason}`, {
    members: { pointer, reason },
  })
