import type { RequestHandler } from 'express'
import { type Desk, knownExport } from '#apps/exports-api/desk'
import { isEnd, lookAgainSeconds, viewOf } from '#apps/exports-api/view/export-view'

/** `GET /exports/:id`: where a request is. */
export const show =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const view = viewOf(await knownExport(desk, request.params['id'], response), desk.now())
    if (!isEnd(view.state)) response.set('retry-after', String(lookAgainSeconds(view)))
    response.json(view)
  }
