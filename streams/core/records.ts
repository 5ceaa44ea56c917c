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
