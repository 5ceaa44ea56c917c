import express, { type Express, type RequestHandler } from 'express'
import type { Desk } from '#apps/exports-api/desk'
import { exportsDocs } from '#apps/exports-api/docs/api'
import { admitted, type holdersOf } from '#apps/exports-api/holders'
import { objectsPath } from '#apps/exports-api/open-store'
import { cancel } from '#apps/exports-api/routes/cancel'
import { create } from '#apps/exports-api/routes/create'
import { events } from '#apps/exports-api/routes/events'
import { link } from '#apps/exports-api/routes/link'
import { list } from '#apps/exports-api/routes/list'
import { show } from '#apps/exports-api/routes/show'
import { httpApp, type HttpAppOptions } from '#apps/platform/http'
import { serveMethods, serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'

export interface ExportsApiOptions extends Pick<
  HttpAppOptions,
  'log' | 'metrics' | 'status' | 'tracing'
> {
  readonly desk: Desk
  readonly findHolder: ReturnType<typeof holdersOf>
  /** Serves what links lead to, where the store does not do so itself. */
  readonly serveObjects?: ((app: Express) => void) | undefined
}

const bodyBytesMax = 32 * 1024

/**
 * Takes requests for exports over HTTP and tells what becomes of them. It makes nothing itself: a request becomes a record
 * on `export-requests`, acknowledged before anyone is answered, and what is told is what the keeper has decided.
 */
export const exportsApi = (options: ExportsApiOptions): Express => {
  const { desk, findHolder, serveObjects, ...shell } = options
  const routes = (app: Express) => {
    serveObjects?.(app)
    const admit = [admitted(findHolder)]
    const json = express.json({ limit: bodyBytesMax, strict: false })
    const collection = { get: [list(desk)], post: [asJson, json, create(desk)] }
    serveMethods(app, '/exports', collection, admit)
    serveMethods(app, '/exports/:id', { get: [show(desk)], delete: [cancel(desk)] }, admit)
    serveOnly(app, 'post', '/exports/:id/link', ...admit, link(desk))
    serveOnly(app, 'get', '/exports/:id/events', ...admit, events(desk))
  }
  const api = exportsDocs(serveObjects && objectsPath)
  return httpApp({ name: 'exports-api', ...shell, api, routes })
}

const asJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') === 'application/json') return next()
  if (request.is('*/*') === null) throw new Problem(400, 'the request has no body')
  throw new Problem(415, 'the body must be application/json')
}
