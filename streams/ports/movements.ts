/** Which movements: a batch of a source, and which of it. */
export interface MovementsQuery {
  readonly tenantId: string
  readonly batchId: string
  /** As the source defines it, JSON; null for all of the batch. */
  readonly filter: string | null
}

export interface ReadMovements {
  /** The movements are as they were at this instant, all of them. */
  readonly asOf: Date
  /** A CSV in UTF-8, its first line the names of its columns. */
  readonly csv: AsyncIterable<Uint8Array>
}

/** Where movements come from. Besides TransientError, throws RejectedError: 'no-batch' where there is no such batch. */
export interface Movements {
  /** Names the state the movements are in: another name, other movements. Null where the source cannot tell. */
  versionOf(query: MovementsQuery, signal: AbortSignal): Promise<string | null>
  /**
   * Reads them, of one state, in the same order each time. Whoever is done aborts the signal, also where they never began
   * with the CSV: it then throws the signal's reason, and nothing is held open for it.
   */
  read(query: MovementsQuery, signal: AbortSignal): Promise<ReadMovements>
}

/** The source of a name; undefined where none is configured under it. */
export type MovementsOf = (source: string) => Movements | undefined
