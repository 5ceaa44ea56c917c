import { addressChecks } from '#apps/corrente/conformance/checks/addresses'
import { configurationChecks } from '#apps/corrente/conformance/checks/configuration'
import { creationChecks } from '#apps/corrente/conformance/checks/creation'
import { historyChecks } from '#apps/corrente/conformance/checks/history'
import { ignoredChecks } from '#apps/corrente/conformance/checks/ignored'
import { trapChecks } from '#apps/corrente/conformance/checks/traps'
import type { Observed } from '#apps/corrente/conformance/observed'
import type { Check, Outcome } from '#apps/corrente/conformance/outcome'

/** Every requirement a proxy is held to, in the order of the report. */
export const checks: readonly Check<Observed>[] = [
  ...configurationChecks,
  ...creationChecks,
  ...historyChecks,
  ...addressChecks,
  ...ignoredChecks,
  ...trapChecks,
]

/** A requirement as it was judged. */
export type Judged = Pick<Check<Observed>, 'id' | 'requirement' | 'source'> & Outcome

/** Judges all that was seen by every requirement. */
export const judged = (observed: Observed): readonly Judged[] =>
  checks.map(({ id, requirement, source, judge }) => ({
    id,
    requirement,
    source,
    ...judge(observed),
  }))
