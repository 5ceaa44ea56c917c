import type { Source } from '#apps/ksql-standin/sql/source'
import type { Column } from '#apps/ksql-standin/sql/sql-type'

/** A pull query, checked and ready for Postgres. */
export interface PullPlan {
  readonly source: Source
  /** Of the answer, in order; `isKey` where the key column stands under its own name. */
  readonly columns: readonly Column[]
  /**
   * One SELECT for Postgres with `$1` …; its columns are those of the answer, in their stored types (whose text
   * `renderValue` takes). It calls `routines`. Rows come partition by partition, inside one in key order.
   */
  readonly text: string
  /** Of `$1` …: all text, which the query casts itself. */
  readonly values: readonly string[]
  /** Whether every row may have to be looked at: refused where scans are switched off. */
  readonly isScan: boolean
}
