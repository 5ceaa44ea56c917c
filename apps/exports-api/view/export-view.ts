import type { FoundExport } from '#apps/exports-api/known/find-export'
import { type Progress, progressOf } from '#apps/exports-api/view/progress'
import type { ExportCurrent, ExportTerms } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { type ExportState, isReady } from '#streams/exports/export-lifecycle'

/** Nothing changes any more without somebody who asks for it, or the clock. */
const endStates: readonly ExportState[] = [
  'READY',
  'READY_WITH_ERRORS',
  'EXPIRED',
  'FAILED',
  'CANCELLED',
]

export const isEnd = (state: ExportState): boolean => endStates.includes(state)

/** A request that something is kept of. */
export type KnownExport = Exclude<FoundExport, { readonly kind: 'over' }>

type Shown = Omit<ExportTerms, 'filter' | 'data_version'>
type Facts = Pick<ExportCurrent, 'records' | 'as_of' | 'ready_at' | 'expires_at'>

/** A request as its caller sees it: where it is, and not where anything of it lies. */
export interface ExportView extends Shown, Facts, Progress {
  readonly request_id: string
  /** The export that serves it; null until that is decided. Several requests may share one. */
  readonly export_id: string | null
  readonly requested_by: string
  readonly requested_at: string
  readonly state: ExportState
  readonly rendered: number
  readonly failed: number
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly result: { readonly bytes: number; readonly sha256: string } | null
  readonly updated_at: string
}

/** The state by the clock: what is past its time is over, also where nobody has written so yet. */
export function stateAt({ state, expires_at }: ExportCurrent, now: Date): ExportState {
  const isPast = expires_at !== null && now.getTime() >= instantOf(expires_at)
  return isReady(state) && isPast ? 'EXPIRED' : state
}

/** What is told of a request now. */
export function viewOf(found: KnownExport, now: Date): ExportView {
  const { request_id, requested_by, requested_at } = found
  const request = { request_id, requested_by, requested_at }
  if (found.kind === 'asked') return { ...request, ...undecided(found.askedTerms, requested_at) }
  const { current } = found
  const { export_id, terms, records, rendered, failed, as_of, ready_at, expires_at } = current
  const { failure, result, updated_at } = current
  const state = stateAt(current, now)
  return {
    ...request,
    export_id,
    ...shownOf(terms),
    state,
    ...{ records, rendered, failed, ...progressOf({ ...current, state }) },
    ...{ as_of, ready_at, expires_at },
    failure: failure && { code: failure.code, message: failure.message },
    result: result && isReady(state) ? { bytes: result.bytes, sha256: result.sha256 } : null,
    updated_at,
  }
}

const undecided = (terms: ExportTerms, asked_at: string) => ({
  export_id: null,
  ...shownOf(terms),
  state: 'PENDING' as const,
  ...{ records: null, rendered: 0, failed: 0, percent: null, rate: null, eta_seconds: null },
  ...{ as_of: null, ready_at: null, expires_at: null, failure: null, result: null },
  updated_at: asked_at,
})

const shownOf = ({ filter: _, data_version: __, ...shown }: ExportTerms): Shown => shown

/** Seconds after which it is worth looking again. */
export const lookAgainSeconds = ({ eta_seconds }: Progress): number =>
  Math.min(Math.max(eta_seconds ?? 2, 1), 30)
