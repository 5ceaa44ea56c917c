import type { ExportCurrent } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'

/** How far an export is; null where it is not known. */
export interface Progress {
  /** Of its movements, whole and rounded down. */
  readonly percent: number | null
  /** Movements a second, one decimal. */
  readonly rate: number | null
  /** Seconds until the last one has its document, at this rate. */
  readonly eta_seconds: number | null
}

type Counted = Pick<
  ExportCurrent,
  'state' | 'records' | 'rendered' | 'failed' | 'rendering_at' | 'updated_at'
>

const unknown: Progress = { percent: null, rate: null, eta_seconds: null }
const whole: Progress = { percent: 100, rate: null, eta_seconds: null }

/** From its counters alone: no record is looked at. */
export function progressOf(counted: Counted): Progress {
  const { state, records, rendered, failed, rendering_at, updated_at } = counted
  if (state === 'READY' || state === 'READY_WITH_ERRORS' || state === 'COLLECTING') return whole
  if (state !== 'RENDERING' || records === null) return unknown
  const done = Math.min(rendered + failed, records)
  const percent = records === 0 ? 100 : Math.floor((done * 100) / records)
  const seconds =
    rendering_at === null ? 0 : (instantOf(updated_at) - instantOf(rendering_at)) / 1_000
  // Times are whole seconds: of less than one nothing can be told.
  if (done === 0 || seconds < 1) return { ...unknown, percent }
  const rate = done / seconds
  const eta_seconds = Math.ceil((records - done) / rate)
  return { percent, rate: Math.round(rate * 10) / 10, eta_seconds }
}
