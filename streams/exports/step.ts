import { RejectedError } from '#core/errors'
import { type Emission, to } from '#core/processor'
import type { RetryPolicy } from '#core/retry'
import type { ExportFact } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'

/** A step of an export: what it is of. */
export interface StepOf {
  readonly content_key: string
  readonly export_id: string
}

type Said<Fact> = Fact extends unknown
  ? Omit<Fact, 'content_key' | 'export_id' | 'occurred_at'>
  : never
/** What a step reports, without what it is of. */
export type Report = Said<Unstamped<ExportFact>>

export type Reported = readonly Emission<'export.facts'>[]

export const reported = (step: StepOf, now: Date, reports: readonly Report[]): Reported => {
  const { content_key, export_id } = step
  const about = { content_key, export_id, occurred_at: formatDateTime(now) }
  return reports.map((report) => to(topics.exportFacts, { ...about, ...report }))
}

const failing = (unit: string, code: string, message: string): Report => ({
  type: 'StepFailed',
  step_failed: { step: unit, code, message },
})

/** Does a step, and reports what came of it; what can never be done is a report, too: somebody waits for it. */
export async function performed(
  unit: string,
  step: StepOf,
  now: Date,
  work: () => Promise<readonly Report[]>,
): Promise<Reported> {
  try {
    return reported(step, now, await work())
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return reported(step, now, [failing(unit, error.code, error.message)])
  }
}

/** What comes of a step whose tries are used up. */
export const exhausted = (unit: string, step: StepOf, now: Date, reason: string): Reported =>
  reported(step, now, [failing(unit, 'exhausted', `tried in vain: ${reason}`)])

/** How long what does not work is tried again, before the export fails of it. */
export const stepRetry: RetryPolicy = {
  delayMsFirst: 500,
  delayMsMax: 30_000,
  ageMsMax: 30 * 60_000,
}

/** Whom most steps wait for: its circuit tells that it is away, and why, and steps are not tried in vain meanwhile. */
export const objectStore = () => 'object-store'

/** The object a step was told of; gone means that the export is over or the store lost it. */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined)
    throw new RejectedError('no-object', `${what} is not in the object store`)
  return value
}

// Somebody who read the movements later than the export says would have other ones printed.
export function expectMovements(found: { readonly sha256: string }, sha256: string): void {
  if (found.sha256 === sha256) return
  const message = 'the file of movements is not the one that was stored'
  throw new RejectedError('movements-changed', message)
}
