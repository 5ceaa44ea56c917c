/** Where a projection reads on in a partition. */
export interface ProjectionPosition {
  readonly topic: string
  readonly partition: number
  /** Of the next record; nothing from there on is in the rows. */
  readonly offset: number
  /** Id of the Kafka cluster: in another one the same offset is another record. */
  readonly cluster: string
}

/** A record, decoded. */
export interface ProjectedRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly value: unknown
}

/** A step of one partition. */
export interface ProjectionMove {
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly to: number
}

/** What goes into the rows at once. */
export interface ProjectionBatch {
  /** In the order of each partition. */
  readonly records: readonly ProjectedRecord[]
  /** One for each partition that they are of, and for those where only the position goes on. */
  readonly moves: readonly ProjectionMove[]
}

/**
 * Rows made from topics, and how far in those they are: kept in one place, so that both change together or not at all.
 * Everything throws StoreAwayError.
 */
export interface ProjectionStore {
  /** What an operator can do, as sentences or statements to copy. */
  readonly advice: {
    /** Makes all rows anew from the beginning of the topics. */
    readonly rebuild: string
    /** Goes on behind the record, which then is in no row. */
    passOver(record: Pick<ProjectedRecord, 'topic' | 'partition' | 'offset'>): string
  }
  /** The partitions that were ever begun. Whatever the rows need is made first. */
  positions(): Promise<readonly ProjectionPosition[]>
  /** Begins partitions; one that was begun before stays where it is. */
  begin(positions: readonly ProjectionPosition[]): Promise<void>
  /**
   * Writes the rows and makes the moves, in one transaction. PositionsMovedError where a partition does not stand where
   * its move begins, RowsRefusedError where a row can never be written: nothing of it is done then.
   */
  apply(batch: ProjectionBatch): Promise<void>
  /** Resolves where a batch could be written now. */
  reachable(): Promise<void>
  /** What is under way is cut off, uncommitted. */
  close(): Promise<void>
}

/** Another projector has written these records: whoever was slower reads on from where the store stands. */
export class PositionsMovedError extends Error {
  override name = 'PositionsMovedError'
}

/** The store cannot be asked now, and nobody knows whether it has done the last it was told: ask for its positions. */
export class StoreAwayError extends Error {
  override name = 'StoreAwayError'
}

/** A row that the store will never take. No value of a record is in the message. */
export class RowsRefusedError extends Error {
  override name = 'RowsRefusedError'
}
