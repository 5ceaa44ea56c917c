import type { RequestHandler } from 'express'
import { type Desk, knownExport } from '#apps/exports-api/desk'
import { holderIn } from '#apps/exports-api/holders'
import { refusal } from '#apps/exports-api/refusal'
import {
  isEnd,
  type KnownExport,
  lookAgainSeconds,
  viewOf,
} from '#apps/exports-api/view/export-view'
import { requestIdOf } from '#apps/platform/http-answers'
import { instantOf } from '#schemas/values/date-time'
import { isReady } from '#streams/exports/export-lifecycle'

/** A link for less is of no use to anybody, milliseconds. */
const linkMsMin = 1_000

/**
 * `POST /exports/:id/link`: a link to what came out, for whoever may see it, each time anew. Who was given one is logged,
 * and never the link: whoever has it needs no token.
 */
export const link =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const now = desk.now()
    const { request_id, export_id, output, key, untilMs } = fetchable(
      await knownExport(desk, request.params['id'], response),
      now,
    )
    const expires_at = new Date(Math.min(untilMs, now.getTime() + desk.linkMs)).toISOString()
    // Of the request alone: nothing of the batch is in a name.
    const filename = `export-${request_id}.${output === 'CSV' ? 'csv' : 'zip'}`
    const url = await desk.store.signGet(key, { expiresAt: expires_at, filename })
    desk.log.info(
      {
        request_id: requestIdOf(response),
        export_request_id: request_id,
        export_id,
        holder: holderIn(response).name,
        expires_at,
      },
      'export link issued',
    )
    response.json({ url, expires_at, filename })
  }

/** What there is to fetch, and until when. Problem 409 where nothing is, or not yet; 410 where its time is over. */
function fetchable(found: KnownExport, now: Date) {
  const view = viewOf(found, now)
  const { state } = view
  const current = found.kind === 'kept' ? found.current : undefined
  const untilMs = current?.expires_at ? instantOf(current.expires_at) : 0
  const isPast = isReady(state) && untilMs - now.getTime() < linkMsMin
  if (state === 'EXPIRED' || isPast) {
    const detail = 'the time of this export is over: ask for another one'
    throw refusal(410, { code: 'over', detail })
  }
  if (isReady(state) && current?.result) {
    const { key } = current.result
    const { export_id, terms } = current
    return { request_id: found.request_id, export_id, output: terms.output, key, untilMs }
  }
  if (isEnd(state)) {
    throw refusal(409, { code: 'no-result', detail: `there is nothing to fetch: it is ${state}` })
  }
  const headers = { 'retry-after': String(lookAgainSeconds(view)) }
  throw refusal(409, { code: 'not-ready', detail: `it is not ready yet: it is ${state}` }, headers)
}
