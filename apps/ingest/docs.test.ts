import { describe, expect, it } from 'vitest'
import { ingestDocs } from '#apps/ingest/docs'
import { ingest } from '#apps/ingest/ingest'
import {
  documentedRoutes,
  documentFaults,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { applications, notifications, users } from '#schemas/topics'

const topics = [applications, users, notifications]
const document = openApiOf(ingestDocs(topics))

describe('the document of ingest', () => {
  it('is OpenAPI, and so are its examples, whatever topics are open', async () => {
    expect(await documentFaults(document)).toEqual([])
    expect(await documentFaults(openApiOf(ingestDocs([applications])))).toEqual([])
  })

  it('says all that is served, and nothing else', () => {
    const app = ingest({
      ...{ topics, tokens: [], log: silentLog, metrics: newMetrics() },
      status: () => ({ problems: [] }),
      publisher: { pass: async ({ name }) => ({ topic: name, partition: 0, offset: 0 }) },
    })
    expect(documentedRoutes(document)).toEqual(servedRoutes(app))
    expect(documentedRoutes(document)).toContain('post /{topic}')
  })

  it('has the schema of each open topic, and of no other', () => {
    const { schemas } = document.components
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['Application', 'User', 'Notification', 'Place', 'Problem']),
    )
    expect(schemas).not.toHaveProperty('Payment')
  })
})
