import type { KsqlText } from '#ports/ksql-text'

/**
 * A value of a row, by the type of its column: BIGINT is a bigint; DECIMAL(12, 2) integer cents and any other decimal
 * its text; BYTES bytes; dates and times the server's text, which has no zone (it means UTC).
 */
export type KsqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly KsqlValue[]
  | { readonly [name: string]: KsqlValue }

/** A row by column name, as the server writes it: upper case unless it was quoted. */
export type KsqlRow = Readonly<Record<string, KsqlValue>>

/** What a statement other than a query answers, as the server says it. */
export interface KsqlEntity {
  readonly '@type': string
  readonly [member: string]: unknown
}

export interface KsqlOptions {
  /** The server is told that nobody waits any more. */
  readonly signal?: AbortSignal | undefined
  /** Settings of the server for this request alone. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>
}

/**
 * A ksqlDB server. Everything throws KsqlUnavailable (a TransientError: no answer, not ready, too busy, cut short, or
 * an answer that is not ksqlDB's), KsqlUnauthorized (a TransientError: ours to mend), or KsqlStatementError (a
 * RejectedError: this statement never succeeds).
 */
export interface Ksqldb {
  /** GET /info. */
  describe(options?: KsqlOptions): Promise<{ readonly version: string; readonly status: string }>
  /** Statements that are no query. A definition is waited for until the server has done it. */
  execute(statements: KsqlText, options?: KsqlOptions): Promise<readonly KsqlEntity[]>
  /**
   * The rows of a pull query as they come, no faster than they are taken; one query at a time, others wait in line.
   * Leaving the loop tells the server. **That there is no row says nothing**: a server answers so, too, while it loads
   * the table. Who concludes from an absence asks through a `KsqlTable`.
   */
  pull(query: KsqlText, options?: KsqlOptions): AsyncGenerator<KsqlRow, void, undefined>
  close(): Promise<void>
}

/** A row that surely is in the log: a table that shows it has taken in all of its partition up to it. */
export interface Witness {
  readonly key: string
  /** The record's timestamp; a later version of the row has a later one. */
  readonly rowtimeMs: number
}

/** For each partition that has any row, the last one that was written and not deleted before `takenAtMs`. */
export interface Witnesses {
  readonly takenAtMs: number
  readonly rows: readonly Witness[]
}

/**
 * Whether what was read is all there is. `complete`: every record that was written before `asOfMs` has been taken in,
 * as far as the server could decode it. `unknown`: what is missing may be there; `reason` is a lower-case fact.
 */
export type Completeness =
  | { readonly state: 'complete'; readonly asOfMs: number }
  | { readonly state: 'unknown'; readonly reason: string }

/** A row by its key; where it is not shown: surely not there (`absent`), or it cannot be known. */
export type KsqlLookup =
  | { readonly state: 'found'; readonly row: KsqlRow }
  | { readonly state: 'absent'; readonly asOfMs: number }
  | Extract<Completeness, { state: 'unknown' }>

/** What is read of a table beside the rows by which it is known to be filled. */
export interface KsqlScan {
  /** The condition behind WHERE. */
  readonly where: KsqlText
  /** The same condition of a row: of witnesses, which are asked along, those it holds for are rows, too. */
  readonly isWanted: (row: KsqlRow) => boolean
}

/** One table of ksqlDB of which an absence can be told from ignorance. Throws what Ksqldb throws. */
export interface KsqlTable {
  /** Whether the table is filled, at this moment. */
  isReady(options?: KsqlOptions): Promise<Completeness>
  /** Resolves once it is filled, with the moment up to which. Throws KsqlUnavailable where it is not in time. */
  awaitReady(withinMs: number, options?: KsqlOptions): Promise<number>
  find(key: string, options?: KsqlOptions): Promise<KsqlLookup>
  /** Rows as they come; what it returns at the end says whether they were all. */
  scan(scan: KsqlScan, options?: KsqlOptions): AsyncGenerator<KsqlRow, Completeness, undefined>
}
