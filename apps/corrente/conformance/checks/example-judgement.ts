import { judged } from '#apps/corrente/conformance/checks/checks'
import type { Observed } from '#apps/corrente/conformance/observed'
import type { Outcome } from '#apps/corrente/conformance/outcome'

/** The ids of checks with that outcome. */
export const idsOf = (observed: Observed, outcome: Outcome['outcome']): readonly string[] =>
  judged(observed).flatMap((check) => (check.outcome === outcome ? [check.id] : []))

export const failures = (observed: Observed): readonly string[] => idsOf(observed, 'failed')
