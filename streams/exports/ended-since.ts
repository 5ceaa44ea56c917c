import type { ExportCurrent } from '#schemas/generated/types'
import { isReady, type ExportState } from '#streams/exports/export-lifecycle'

/** From then on what is stored of an export is of no use to anybody; it never has one of the other states again. */
const over: readonly ExportState[] = ['EXPIRED', 'FAILED', 'CANCELLING', 'CANCELLED']

/** Since when nobody needs what is stored of an export, an instant that may lie ahead; undefined while it is made. */
export function endedSince({ state, expires_at, updated_at }: ExportCurrent): string | undefined {
  if (over.includes(state)) return updated_at
  return (isReady(state) && expires_at) || undefined
}
