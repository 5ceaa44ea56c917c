import { formatDateTime } from '#schemas/values/date-time'
import type { AnyTopic } from '#schemas/topic'

interface Stamp {
  readonly eventId: string
  readonly createdAt: Date
  /** `<application>:<version>` */
  readonly appId: string
}

/** Adds the envelope where the topic has one: a derived event is a new event and copies no member of it. */
export const stamped = (topic: AnyTopic, value: unknown, stamp: Stamp): unknown =>
  topic.version === undefined || value === null
    ? value
    : {
        ...(value as object),
        event_id: stamp.eventId,
        event_version: topic.version,
        event_created_at: formatDateTime(stamp.createdAt),
        app_id: stamp.appId,
      }
