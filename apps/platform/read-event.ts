import { codecOf } from '#schemas/codec'
import { majorVersionOf } from '#schemas/event-version'
import type { AnyTopic } from '#schemas/topic'
import { InvalidValueError } from '#schemas/values/invalid-value'

/**
 * The event of a topic in plain JSON, checked as its readers will. Members the schema does not know are dropped.
 * InvalidValueError, which repeats no value, where it is none or of a version nobody reads.
 */
export function readEvent(topic: AnyTopic, json: unknown): Record<string, unknown> {
  const normalised = topic.normalise(json)
  checkVersion(topic, normalised)
  return codecOf(topic.schema).fromJson(normalised) as unknown as Record<string, unknown>
}

function checkVersion(topic: AnyTopic, json: unknown): void {
  if (typeof json !== 'object' || json === null || !('event_version' in json)) return
  const major = majorVersionOf(json)
  const read = topic.majorVersions.join(' and ')
  if (major === undefined) throw new InvalidValueError('is no version such as 2.0', at)
  if (!topic.majorVersions.includes(major)) {
    throw new InvalidValueError(`is version ${major}; version ${read} is taken here`, at)
  }
}

const at = '/event_version'
