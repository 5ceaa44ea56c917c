import type { Express } from 'express'
import { sendPage } from '#apps/platform/api-docs/document-page'
import { asyncApi } from '#apps/platform/async-api/async-api'
import { topicCatalog } from '#apps/platform/async-api/topic-catalog'
import { topicPage, topicsPage } from '#apps/platform/async-api/topic-page'
import { toYaml } from '#apps/platform/async-api/yaml'
import { serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import type { Unit } from '#core/processor'

/**
 * Below `/docs`: every topic to be read, and AsyncAPI for programs. Of what is declared, and of nothing that is on them:
 * nobody is asked who comes.
 */
export function serveTopicDocs(app: Express, units: readonly Unit[]): void {
  const catalog = topicCatalog(units)
  serveOnly(app, 'get', '/docs/topics', (_request, response) =>
    sendPage(response, 'Topics', topicsPage(catalog, units)),
  )
  serveOnly(app, 'get', '/docs/topics/:topic', (request, response) => {
    const found = catalog.find(({ topic }) => topic.name === request.params['topic'])
    if (!found) throw new Problem(404, 'there is no such topic')
    sendPage(response, found.topic.name, topicPage(found))
  })
  serveOnly(app, 'get', '/docs/asyncapi.json', (_request, response) => {
    response.json(asyncApi(units))
  })
  serveOnly(app, 'get', '/docs/asyncapi.yaml', (_request, response) => {
    response.type('application/yaml').send(toYaml(asyncApi(units)))
  })
}
