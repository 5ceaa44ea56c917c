import { remove, to } from '#core/processor'
import type { ExportResult } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import { isReady, isUnderWay } from '#streams/exports/export-lifecycle'
import {
  changed,
  chunkRowId,
  contentRowId,
  expiryDue,
  exportRowId,
  type FactOf,
  type InHand,
  lifetimeMs,
  purging,
  type Rows,
  stallDue,
  stallMs,
  type Told,
} from '#streams/exports/kept-export'
import { allTold, untold } from '#streams/exports/tell-requests'

/** It can be fetched from now on, until one instant, which link, file and record share. */
export function ready(inHand: InHand, result: ExportResult): Told {
  const { kept, now } = inHand
  const expiry = new Date(now.getTime() + lifetimeMs(kept))
  const ready_at = formatDateTime(now)
  const expires_at = formatDateTime(expiry)
  const state = kept.current.failed > 0 ? 'READY_WITH_ERRORS' : 'READY'
  const current = { state, result, ready_at, expires_at } as const
  const { to_be_told, tellings } = allTold(kept, { ...kept.current, ...current })
  return [
    ...changed(inHand, { current, to_be_told }),
    expiryDue(inHand, new Date(instantOf(expires_at))),
    ...tellings,
  ]
}

/** Nothing will come of it: all that was stored is deleted; why is told as long as a result would be. */
export function failed(inHand: InHand, failure: FactOf<'StepFailed'>['step_failed']): Told {
  if (!isUnderWay(inHand.kept.current.state)) return []
  const { kept, now } = inHand
  const forgotten = new Date(now.getTime() + lifetimeMs(kept))
  const current = { state: 'FAILED', failure } as const
  const { to_be_told, tellings } = allTold(kept, { ...kept.current, ...current })
  return [
    ...changed(inHand, { current, to_be_told }),
    purging(inHand),
    expiryDue(inHand, forgotten),
    ...tellings,
  ]
}

/**
 * A request is given up, whatever has come of it. The export goes on for others who asked for it; without any, all of it is
 * deleted, also what is ready. Who gave it up is told nothing of it.
 */
export function cancelled(inHand: InHand, requestId: string): Told {
  const { current: before, request_ids: all, to_be_told: waiting } = inHand.kept
  if (!isUnderWay(before.state) && !isReady(before.state)) return []
  const request_ids = all.filter((id) => id !== requestId)
  const to_be_told = waiting.filter((id) => id !== requestId)
  const tellings = waiting.includes(requestId) ? untold(requestId) : []
  if (request_ids.length > 0) {
    const others = changed(inHand, { request_ids, to_be_told })
    return [...others, remove(topics.exportsRequested, requestId), ...tellings]
  }
  const current = { state: 'CANCELLING', result: null } as const
  return [...changed(inHand, { current, to_be_told }), purging(inHand), ...tellings]
}

/**
 * Its time is over. What failed or was cancelled is forgotten, and deleted once more: a step that was killed between storing
 * something and reporting it has left it there.
 */
export function expired(inHand: InHand, rows: Rows): Told {
  const { state } = inHand.kept.current
  if (state === 'FAILED' || state === 'CANCELLED') {
    return [purging(inHand), ...forgotten(inHand, rows)]
  }
  if (!isReady(state)) return []
  return [...changed(inHand, { current: { state: 'EXPIRED', result: null } }), purging(inHand)]
}

/** Nothing of it is stored. What its time was over for is forgotten; what was cancelled is told for a while. */
export function purged(inHand: InHand, rows: Rows): Told {
  const { state } = inHand.kept.current
  if (state === 'EXPIRED') return forgotten(inHand, rows)
  if (state !== 'CANCELLING') return []
  const forget = new Date(inHand.now.getTime() + lifetimeMs(inHand.kept))
  return [...changed(inHand, { current: { state: 'CANCELLED' } }), expiryDue(inHand, forget)]
}

function forgotten({ kept }: InHand, rows: Rows): Told {
  const { export_id, content_key } = kept.current
  const contentId = contentRowId(content_key)
  const content = rows.get(contentId)
  const isServing = content?.kind === 'Content' && content.content.export_id === export_id
  const chunkRows = Array.from({ length: kept.chunks_found }, (_, chunk) =>
    remove(topics.exportRows, chunkRowId(export_id, chunk)),
  )
  return [
    ...chunkRows,
    remove(topics.exportRows, exportRowId(export_id)),
    ...(isServing ? [remove(topics.exportRows, contentId)] : []),
    ...kept.request_ids.map((id) => remove(topics.exportsRequested, id)),
    remove(topics.exportsCurrent, export_id),
  ]
}

/** Nothing came of any step for long: a step that ended without a word holds nobody for ever. */
export function stalled(inHand: InHand): Told {
  const { kept, now } = inHand
  const { state, updated_at } = kept.current
  if (!isUnderWay(state)) return []
  const due = new Date(instantOf(updated_at) + stallMs)
  if (now < due) return [stallDue(inHand, due)]
  const message = `nothing came of it for ${stallMs / 60_000} minutes while ${state}`
  return failed(inHand, { step: 'export-keeper', code: 'stalled', message })
}

/** Steps that end after the export did have stored something again. */
export const late = (inHand: InHand): Told =>
  isUnderWay(inHand.kept.current.state) || isReady(inHand.kept.current.state)
    ? []
    : [purging(inHand)]

export const requestNoted = (
  inHand: InHand,
  { request_id, requested_by }: FactOf<'Requested'>['requested'],
) => {
  const { export_id, terms } = inHand.kept.current
  const { tenant_id } = terms
  const requested_at = formatDateTime(inHand.now)
  const row = { request_id, export_id, tenant_id, requested_by, requested_at }
  return to(topics.exportsRequested, row)
}
