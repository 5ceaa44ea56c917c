import { hidden, masked, maskedHeaders } from '#apps/platform/inspection/masked'
import { placeOf } from '#core/redrive'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'

/** A record as it is shown to an operator. */
export interface ShownRecord {
  /** `<topic>@<partition>:<offset>` */
  readonly at: string
  /** When it was written: ISO 8601, UTC. */
  readonly time: string
  readonly key: string | null
  readonly headers: Readonly<Record<string, string>>
  /** Plain JSON; absent where there is none or it cannot be read. */
  readonly value?: unknown
  /** Why there is no value. */
  readonly unread?: string
  /** Size of the bytes. */
  readonly bytes: number
}

interface Showing {
  readonly wire: Wire
  /** By which the bytes are read; undefined for a topic that is none of ours. */
  readonly topic: AnyTopic | undefined
  /** Show what is personal, sensitive or secret, too. */
  readonly isPersonalShown: boolean
}

type Content = Pick<ShownRecord, 'value' | 'unread'>

/** The record in plain JSON, persons hidden. Its writer's schema was learned before (`wire.prepareRead`). */
export function shownRecord(record: InputRecord, showing: Showing): ShownRecord {
  const { headers, value, timestamp } = record
  // Our keys name nobody; those of others may.
  const isKeyShown = showing.topic !== undefined || showing.isPersonalShown || record.key === null
  return {
    at: placeOf(record),
    time: new Date(timestamp).toISOString(),
    key: isKeyShown ? record.key : hidden,
    headers: showing.isPersonalShown ? headers : maskedHeaders(headers),
    ...contentOf(record, showing),
    bytes: value?.length ?? 0,
  }
}

function contentOf(record: InputRecord, { wire, topic, isPersonalShown }: Showing): Content {
  if (record.value === null) return { value: null }
  if (!topic)
    return isPersonalShown ? { value: textOf(record.value) } : { value: hidden, unread: foreign }
  try {
    const decoded = wire.decode(topic, record.value, record.key)
    if (decoded.kind === 'unsupported') return { unread: `version ${decoded.version} is not read` }
    const { schema, toJson } = codecOf(topic.schema)
    const json = toJson(decoded.value as never)
    return { value: isPersonalShown ? json : masked(schema, json) }
  } catch (error) {
    // The words of a decoder may quote what it read.
    const reason = isPersonalShown ? (error as Error).message : (error as Error).name
    return { unread: reason, ...(isPersonalShown ? { value: textOf(record.value) } : {}) }
  }
}

const foreign =
  'the topic is none of ours, so nothing says what is personal: --show-personal shows it'

/** JSON where it is some, text where it is none. */
function textOf(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
