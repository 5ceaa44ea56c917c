import type { RequestHandler } from 'express'
import { ask, type Desk, knownExport, statusUrlOf } from '#apps/exports-api/desk'
import { holderIn } from '#apps/exports-api/holders'
import { type KnownExport, stateAt } from '#apps/exports-api/view/export-view'
import { requestIdOf } from '#apps/platform/http-answers'
import { contentKeyOf } from '#streams/exports/content-key'
import type { ExportState } from '#streams/exports/export-lifecycle'

/** `DELETE /exports/:id`: it is given up, whatever has come of it; 202 once that is on the log, and as often as asked. */
export const cancel =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const found = await knownExport(desk, request.params['id'], response)
    const { request_id } = found
    if (isToCancel(found, desk.now())) {
      const { name } = holderIn(response)
      const cancel = { ...servingOf(found), cancelled_by: name }
      await ask(desk, { request_id, type: 'Cancel', cancel })
      desk.log.info(
        { request_id: requestIdOf(response), export_request_id: request_id, holder: name },
        'export cancelled',
      )
    }
    response.status(202).json({ request_id, status_url: statusUrlOf(request_id) })
  }

/** There is nothing to delete of these, or somebody is at it. */
const ended: readonly ExportState[] = ['EXPIRED', 'FAILED', 'CANCELLING', 'CANCELLED']

const isToCancel = (found: KnownExport, now: Date): boolean =>
  found.kind === 'asked' || !ended.includes(stateAt(found.current, now))

// An export has the id of the request that begins it.
const servingOf = (found: KnownExport) =>
  found.kind === 'asked'
    ? { export_id: found.request_id, content_key: contentKeyOf(found.askedTerms) }
    : { export_id: found.current.export_id, content_key: found.current.content_key }
