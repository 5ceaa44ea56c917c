import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import type { Topic } from '#schemas/topic'
import { type Placed, placeIn } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

interface Feeding<Value> {
  readonly sources: Pick<TopicSources, 'of'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly topic: Topic<string, Value>
  readonly partition: number
  /** Of the first record that is not read. */
  readonly end: number
}

/** Records of one partition as they came, batch by batch, from its beginning; their writers' schemas are known. */
export async function* rawRecords<Value>({
  sources,
  wire,
  topic,
  partition,
  end,
}: Feeding<Value>): AsyncGenerator<readonly InputRecord[], void> {
  const place = { topic: topic.name, partition }
  const span = { from: [{ ...place, offset: 0 }], ends: [{ ...place, offset: end }] }
  for await (const records of sources.of(topic).between({ ...span, areBare: true })) {
    await wire.prepareRead(records.map(({ value }) => value))
    yield records
  }
}

/** Values of one partition, batch by batch; one that cannot be read is noted, and left out. */
export async function* placedValues<Value>(
  feeding: Feeding<Value>,
  violations: Violations,
): AsyncGenerator<readonly Placed<Value>[], void> {
  const { topic, partition, wire } = feeding
  for await (const records of rawRecords(feeding)) {
    const values: Placed<Value>[] = []
    for (const record of records) {
      const { offset } = record
      const read = readValue(wire, topic, record)
      if ('value' in read) values.push({ offset, value: read.value })
      else {
        const at = placeIn(topic, partition, offset)
        violations.note({ kind: 'unreadable-record', at, account_id: null, what: read.reason })
      }
    }
    yield values
  }
}

/** The value of a record, or the name of what keeps it from being read; a version that nobody reads is no value. */
export function readValue<Value>(
  wire: Pick<Wire, 'decode'>,
  topic: Topic<string, Value>,
  { value, key }: Pick<InputRecord, 'value' | 'key'>,
): { readonly value: Value } | { readonly reason: string; readonly isOtherVersion: boolean } {
  try {
    const decoded = wire.decode(topic, value, key)
    if (decoded.kind === 'value') return { value: decoded.value as Value }
    return { reason: `version ${decoded.version} is not read here`, isOtherVersion: true }
  } catch (error) {
    return { reason: (error as Error).name, isOtherVersion: false }
  }
}
