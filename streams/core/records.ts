/** A record as it came: bytes, nothing decoded. Offsets are safe integers. */
export interface InputRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly key: string | null
  readonly value: Buffer | null
  /** Milliseconds since the epoch; the broker's clock on topics we create. */
  readonly timestamp: number
  readonly headers: Readonly<Record<string, string>>
  /** When it was sent back as a dead letter, milliseconds since the epoch; absent where it was not. */
  readonly sentBackAt?: number | undefined
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}
export interface Position extends TopicPartition {
  readonly offset: number
}

/** Names a partition in maps and sentences: `topic/partition`. */
export const placeText = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`

/** Records in a row that are of one partition, in order. */
export type Run = readonly [InputRecord, ...InputRecord[]]

/** The records parted where the partition changes. */
export function runsOf(records: readonly InputRecord[]): Run[] {
  const runs: [InputRecord, ...InputRecord[]][] = []
  let run: [InputRecord, ...InputRecord[]] | undefined
  for (const record of records) {
    if (run && run[0].partition === record.partition && run[0].topic === record.topic) {
      run.push(record)
    } else runs.push((run = [record]))
  }
  return runs
}

/** The position behind the last of them. */
export const behind = (run: Run): Position => {
  const { topic, partition, offset } = run.at(-1)!
  return { topic, partition, offset: offset + 1 }
}

/** One record to write. `partition` null leaves the choice to the key (Java's murmur2). */
export interface OutputRecord {
  readonly topic: string
  readonly partition: number | null
  readonly key: string | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

/** Largest emission; dead letters may be larger by their provenance. */
export const recordBytesMax = 1_000_000
