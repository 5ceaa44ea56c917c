import { statementError } from '#apps/ksql-standin/sql/ksql-error'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { Select } from '#apps/ksql-standin/sql/syntax'

/** How a request wants its pull query answered. */
export interface PullSettings {
  /** As the request gave them; the server's own where it gave none. */
  readonly properties: Readonly<Record<string, unknown>>
  /** On `/query-stream`: a boolean given as text is refused. */
  readonly areTyped: boolean
}

/** Throws KsqlError where ksqlDB refuses the query, and where this is outside what we answer. */
export function planPull(
  select: Select,
  _sources: ReadonlyMap<string, Source>,
  _settings: PullSettings,
): PullPlan {
  throw statementError('not yet', select.text)
}
