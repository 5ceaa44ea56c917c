import type { Express } from 'express'
import type { Api } from '#apps/platform/api-docs/api'
import { apiPage } from '#apps/platform/api-docs/api-page'
import { sendPage } from '#apps/platform/api-docs/document-page'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { serveOnly } from '#apps/platform/http-answers'

/** `/docs`: what can be asked, to read, and `/docs/openapi.json`, for programs. Nobody needs a token for either. */
export function serveDocs(app: Express, api: Api): void {
  serveOnly(app, 'get', '/docs', (_request, response) =>
    sendPage(response, api.title, apiPage(api)),
  )
  serveOnly(
    app,
    'get',
    '/docs/openapi.json',
    (_request, response) => void response.json(openApiOf(api)),
  )
}
