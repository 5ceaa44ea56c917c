import type { DebitRequest } from '#schemas/generated/types'

/** A value of a topic, and its offset there. */
export interface Placed<Value> {
  readonly offset: number
  readonly value: Value
}

/** A record of `debits`: the request, or none where it cannot be read. */
export interface ReadRequest {
  readonly offset: number
  /** When the log took it, milliseconds since the epoch. */
  readonly timestamp: number
  readonly request: DebitRequest | undefined
  /** Of a version that nobody reads: passed over without a word. */
  readonly isOtherVersion?: boolean
}

/** A request, and where the log has it. */
export interface PlacedRequest {
  readonly partition: number
  readonly offset: number
  /** When the log took it or, of a dead letter, when it was sent back; milliseconds since the epoch. */
  readonly timestamp: number
  readonly request: DebitRequest
}

/** Names a record: `<topic>@<partition>:<offset>`. */
export const placeIn = (
  { name }: { readonly name: string },
  partition: number,
  offset: number,
): string => `${name}@${partition}:${offset}`

interface Origin {
  readonly origin_partition: number
  readonly origin_offset: number
}

/** Names the request that something came of. */
export const originText = ({ origin_partition, origin_offset }: Origin): string =>
  `debits@${origin_partition}:${origin_offset}`
