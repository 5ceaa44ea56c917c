import { to } from '#core/processor'
import type { ExportFact, KeptExport } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import {
  cancelled,
  expired,
  failed,
  late,
  purged,
  ready,
  requestNoted,
  stalled,
} from '#streams/exports/end-export'
import { isReady, isUnderWay } from '#streams/exports/export-lifecycle'
import {
  changed,
  contentRowId,
  exportRowId,
  type FactOf,
  type InHand,
  type Rows,
  stallDue,
  stallMs,
  type Told,
} from '#streams/exports/kept-export'
import { chunkRendered, chunksFound, split } from '#streams/exports/keep-chunks'
import { askedAgain, joined } from '#streams/exports/tell-requests'

interface Given {
  readonly rows: Rows
  readonly now: Date
}

/** What one fact makes of an export; the only place where an export changes its state. */
export function keepExport(fact: ExportFact, given: Given): Told {
  if (fact.type === 'Requested') return requested(fact, given)
  if (fact.type === 'CancelRequested') return givenUp(fact, given)
  const kept = keptOf(fact.export_id, given.rows)
  // It was forgotten: whatever is still said of it has no place any more.
  if (kept === undefined) return []
  return decided(fact, { kept, now: given.now }, given.rows)
}

type Reported = Exclude<ExportFact, FactOf<'Requested' | 'CancelRequested'>>

function decided(fact: Reported, inHand: InHand, rows: Rows): Told {
  switch (fact.type) {
    case 'Extracted':
      return extracted(fact, inHand)
    case 'ChunksFound':
      return chunksFound(fact, inHand)
    case 'Split':
      return split(fact, inHand, rows)
    case 'ChunkRendered':
      return chunkRendered(fact, inHand, rows)
    case 'Packed':
      return inHand.kept.current.state === 'COLLECTING' ? ready(inHand, fact.packed) : late(inHand)
    case 'StepFailed':
      return failed(inHand, fact.step_failed)
    case 'ExpiryDue':
      return expired(inHand, rows)
    case 'StallDue':
      return stalled(inHand)
    case 'Purged':
      return purged(inHand, rows)
  }
}

function keptOf(exportId: string, rows: Rows): KeptExport | undefined {
  const row = rows.get(exportRowId(exportId))
  return row?.kind === 'Export' ? row.export : undefined
}

// Who asks for the same content while it is made or can be fetched shares it: one export, several requests.
function requested(fact: FactOf<'Requested'>, { rows, now }: Given): Told {
  const { request_id } = fact.requested
  // The same request again, of an export that it began, and that may have ended.
  const begun = keptOf(fact.export_id, rows)
  if (begun !== undefined) return askedAgain(begun, fact.requested)
  const content = rows.get(contentRowId(fact.content_key))
  const serving = content?.kind === 'Content' ? keptOf(content.content.export_id, rows) : undefined
  if (serving === undefined || !isServed(serving, now)) return begin(fact, now)
  if (serving.request_ids.includes(request_id)) return askedAgain(serving, fact.requested)
  const inHand = { kept: serving, now }
  const request_ids = [...serving.request_ids, request_id]
  const { to_be_told, tellings } = joined(serving, fact.requested)
  return [
    ...changed(inHand, { request_ids, to_be_told }),
    requestNoted(inHand, fact.requested),
    ...tellings,
  ]
}

// Who gives up what nobody had decided yet knows only his own request: another export may serve it.
function givenUp(
  { content_key, export_id, cancel_requested }: FactOf<'CancelRequested'>,
  given: Given,
) {
  const { rows, now } = given
  const { request_id } = cancel_requested
  const content = rows.get(contentRowId(content_key))
  const servingId = content?.kind === 'Content' ? content.content.export_id : export_id
  const kept = [export_id, servingId]
    .map((id) => keptOf(id, rows))
    .find((one) => one?.request_ids.includes(request_id))
  return kept === undefined ? [] : cancelled({ kept, now }, request_id)
}

function isServed({ current }: KeptExport, now: Date): boolean {
  const { state, expires_at } = current
  if (isUnderWay(state)) return true
  return isReady(state) && expires_at !== null && now.getTime() < instantOf(expires_at)
}

function begin({ content_key, export_id, requested: asked }: FactOf<'Requested'>, now: Date): Told {
  const requested_at = formatDateTime(now)
  const times = { requested_at, rendering_at: null, as_of: null, ready_at: null, expires_at: null }
  const kept: KeptExport = {
    current: {
      export_id,
      content_key,
      terms: asked.terms,
      state: 'EXTRACTING',
      records: null,
      rendered: 0,
      failed: 0,
      ...times,
      result: null,
      failure: null,
      updated_at: requested_at,
    },
    request_ids: [asked.request_id],
    to_be_told: asked.is_to_be_told ? [asked.request_id] : [],
    csv: null,
    plan_key: null,
    chunks_found: 0,
    chunks_issued: 0,
    chunks_done: 0,
  }
  const inHand = { kept, now }
  return [
    ...changed(inHand, {}),
    to(topics.exportRows, {
      id: contentRowId(content_key),
      kind: 'Content',
      content: { export_id },
    }),
    requestNoted(inHand, asked),
    to(topics.exportExtractions, { content_key, export_id, terms: asked.terms }),
    stallDue(inHand, new Date(now.getTime() + stallMs)),
  ]
}

function extracted({ extracted: csv }: FactOf<'Extracted'>, inHand: InHand): Told {
  const { current } = inHand.kept
  if (current.state !== 'EXTRACTING') return late(inHand)
  const { as_of, ...file } = csv
  const { content_key, export_id, terms } = current
  if (terms.output === 'CSV') {
    const withTime = { ...inHand, kept: { ...inHand.kept, current: { ...current, as_of } } }
    return ready(withTime, file)
  }
  const { template } = terms
  if (template === null) {
    const message = 'documents are asked for, and no template is named'
    return failed(inHand, { step: 'export-keeper', code: 'no-template', message })
  }
  return [
    ...changed(inHand, { csv: file, current: { state: 'SPLITTING', as_of } }),
    to(topics.exportSplittings, {
      content_key,
      export_id,
      csv_key: file.key,
      csv_sha256: file.sha256,
      template,
    }),
  ]
}
