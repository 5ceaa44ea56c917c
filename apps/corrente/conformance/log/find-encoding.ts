import type { Encoding } from '#apps/corrente/conformance/observed'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord, TopicPartition } from '#core/records'
import { recordsBetween } from '#core/records-between'
import type { OffsetSource } from '#core/offset-source'

/** How many of the newest offsets of each partition are looked at; a transaction's marker is one, too. */
const offsetsMax = 20

interface Telling {
  readonly timestamp: number
  readonly encoding: Encoding
}

/** How the newest record among these is written; undefined where there is none that tells. */
export function encodingOf(
  records: readonly Pick<InputRecord, 'timestamp' | 'value'>[],
): Encoding | undefined {
  const telling = records.flatMap(({ timestamp, value }): Telling[] => {
    const first = value?.[0]
    if (first === 0) return [{ timestamp, encoding: 'avro' }]
    return first === 0x7b ? [{ timestamp, encoding: 'json' }] : []
  })
  return telling.toSorted((one, other) => other.timestamp - one.timestamp)[0]?.encoding
}

/** How the newest records of the partitions are written; undefined where there are none that tell. */
export async function findEncoding(
  kafka: KafkaSettings,
  offsets: OffsetSource,
  partitions: readonly TopicPartition[],
): Promise<Encoding | undefined> {
  const [beginnings, ends] = [await offsets.beginnings(partitions), await offsets.ends(partitions)]
  const from = ends.map((end, index) => ({
    ...end,
    offset: Math.max(beginnings[index]!.offset, end.offset - offsetsMax),
  }))
  const records: InputRecord[] = []
  for await (const batch of recordsBetween(kafka, { from, ends })) records.push(...batch)
  return encodingOf(records)
}
