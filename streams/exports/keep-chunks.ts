import { to } from '#core/processor'
import type { ExportCurrent, KeptExport } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { failed, late } from '#streams/exports/end-export'
import {
  changed,
  chunkRowId,
  type FactOf,
  type InHand,
  type Rows,
  type Told,
} from '#streams/exports/kept-export'

/** Chunks of one export that are printed or wait for it: those of a small one are never far behind. */
export const chunksInFlight = 8

export function chunksFound(fact: FactOf<'ChunksFound'>, inHand: InHand): Told {
  const { kept } = inHand
  if (kept.current.state !== 'SPLITTING') return []
  const { chunks } = fact.chunks_found
  return [
    ...chunks.map((chunk) =>
      to(topics.exportRows, {
        id: chunkRowId(kept.current.export_id, chunk.number),
        kind: 'Chunk',
        chunk: { chunk, is_done: false },
      }),
    ),
    ...changed(inHand, { chunks_found: kept.chunks_found + chunks.length }),
  ]
}

export function split(fact: FactOf<'Split'>, inHand: InHand, rows: Rows): Told {
  const { kept, now } = inHand
  if (kept.current.state !== 'SPLITTING') return late(inHand)
  const { records, chunks, plan_key } = fact.split
  if (kept.chunks_found !== chunks) {
    const message = `${kept.chunks_found} of ${chunks} chunks are known`
    return failed(inHand, { step: 'export-keeper', code: 'chunks-missing', message })
  }
  const state = chunks === 0 ? 'COLLECTING' : 'RENDERING'
  const current = { ...kept.current, state, records, rendering_at: formatDateTime(now) } as const
  const planned = { ...inHand, kept: { ...kept, plan_key, current } }
  if (chunks === 0) return [...changed(planned, {}), packing(planned.kept)]
  const chunks_issued = Math.min(chunks, chunksInFlight)
  return [
    ...changed(planned, { chunks_issued }),
    ...numbersFrom(0, chunks_issued).flatMap((number) => job(planned.kept, number, rows)),
  ]
}

export function chunkRendered(fact: FactOf<'ChunkRendered'>, inHand: InHand, rows: Rows): Told {
  const { kept } = inHand
  const { current } = kept
  if (current.state !== 'RENDERING') return late(inHand)
  const { number, rendered, failed: failures, first_failure } = fact.chunk_rendered
  const id = chunkRowId(current.export_id, number)
  const row = rows.get(id)
  // Printed twice is printed once.
  if (row?.kind !== 'Chunk' || row.chunk.is_done) return []

  const counted = {
    ...current,
    rendered: current.rendered + rendered,
    failed: current.failed + failures,
  }
  const chunks_done = kept.chunks_done + 1
  const next = { ...inHand, kept: { ...kept, current: counted, chunks_done } }
  const done = to(topics.exportRows, { id, kind: 'Chunk', chunk: { ...row.chunk, is_done: true } })
  const tolerated = toleratedOf(current)
  if (counted.failed > tolerated) {
    const message = `${counted.failed} movements have no document, ${tolerated} may; the first: ${first_failure}`
    const code = first_failure ?? 'too-many-failures'
    return [done, ...failed(next, { step: 'export-renderer', code, message })]
  }
  if (chunks_done === kept.chunks_found) {
    return [done, ...changed(next, { current: { state: 'COLLECTING' } }), packing(next.kept)]
  }
  if (kept.chunks_issued === kept.chunks_found) return [done, ...changed(next, {})]
  return [
    done,
    ...changed(next, { chunks_issued: kept.chunks_issued + 1 }),
    ...job(kept, kept.chunks_issued, rows),
  ]
}

/** How many movements may have no document. */
function toleratedOf({ terms, records }: ExportCurrent): number {
  const share = Math.floor(((records ?? 0) * terms.tolerated_percent) / 100)
  return Math.max(terms.tolerated_failures, share)
}

const numbersFrom = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => from + index)

function job({ current, csv, plan_key }: KeptExport, number: number, rows: Rows): Told {
  const { content_key, export_id, terms, as_of, requested_at } = current
  const row = rows.get(chunkRowId(export_id, number))
  if (row?.kind !== 'Chunk' || csv === null || plan_key === null || terms.template === null) {
    throw new Error(`chunk ${number} of export ${export_id} is not known`)
  }
  const { language, template } = terms
  return [
    to(topics.pdfJobs, {
      job_id: `${export_id}:${number}`,
      content_key,
      export_id,
      chunk: row.chunk.chunk,
      csv_key: csv.key,
      csv_sha256: csv.sha256,
      plan_key,
      as_of: as_of ?? requested_at,
      template,
      language,
    }),
  ]
}

function packing({ current, chunks_found, csv }: KeptExport) {
  const { content_key, export_id, records, failed: failures, as_of, terms } = current
  return to(topics.exportPackings, {
    content_key,
    export_id,
    chunks: chunks_found,
    records: records ?? 0,
    failed: failures,
    csv_sha256: csv?.sha256 ?? '',
    as_of: as_of ?? current.requested_at,
    template: terms.template ?? '',
    language: terms.language,
  })
}
