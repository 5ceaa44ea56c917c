import { to } from '#core/processor'
import type { ExportCurrent, ExportEnd, KeptExport } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { isReady } from '#streams/exports/export-lifecycle'
import type { FactOf, Told } from '#streams/exports/kept-export'

type Asked = FactOf<'Requested'>['requested']
/** An export that something came of. */
type EndedExport = ExportCurrent & { readonly state: ExportEnd }

/** What came of an export, for each of the requests that are to be told. */
const ended = (current: EndedExport, requestIds: readonly string[]): Told => {
  const { export_id, state, terms, records, rendered, failed, expires_at, failure } = current
  const told = { export_id, state, output: terms.output, records, rendered, failed }
  return requestIds.map((request_id) =>
    to(topics.exportTellings, {
      request_id,
      type: 'Ended',
      ended: { ...told, expires_at, failure },
    }),
  )
}

/** It is ready or has failed: everybody who waits is told, once. */
export const allTold = (
  { to_be_told }: KeptExport,
  current: EndedExport,
): { readonly to_be_told: readonly string[]; readonly tellings: Told } => ({
  to_be_told: [],
  tellings: ended(current, to_be_told),
})

/** Who joins is told at once where the export is ready, and else with all others. */
export function joined(
  { current, to_be_told }: KeptExport,
  { request_id, is_to_be_told }: Asked,
): { readonly to_be_told: readonly string[]; readonly tellings: Told } {
  if (!is_to_be_told) return { to_be_told, tellings: [] }
  const { state } = current
  if (isReady(state)) return { to_be_told, tellings: ended({ ...current, state }, [request_id]) }
  return { to_be_told: [...to_be_told, request_id], tellings: [] }
}

/** Nothing comes of a request any more that anybody would be told: who that would be is forgotten. */
export const untold = (request_id: string): Told => [
  to(topics.exportTellings, { request_id, type: 'Forgotten' }),
]

/** A request that came again: who is to be told was noted once more, and is told no second time. */
export const askedAgain = (
  { to_be_told }: KeptExport,
  { request_id, is_to_be_told }: Asked,
): Told => (is_to_be_told && !to_be_told.includes(request_id) ? untold(request_id) : [])
