import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsDocs } from '#apps/operations/docs'
import { examplePorts } from '#apps/operations/example-ports'
import { operations } from '#apps/operations/operations'
import { exampleSignIn } from '#apps/operations/example-browser'
import {
  documentedRoutes,
  documentFaults,
  keepingTo,
  servedRoutes,
} from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { asyncApi } from '#apps/platform/async-api/async-api'
import { toYaml } from '#apps/platform/async-api/yaml'
import { allTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { listen, type Listening } from '#apps/platform/http'

const document = openApiOf(operationsDocs)
const app = operations(examplePorts())
let server: Listening
beforeAll(async () => {
  server = await listen(app, 0)
})
afterAll(() => server.close())

const documented = keepingTo(document)
const get = async (path: string) => documented(path, undefined, await fetch(server.url + path))
const page = async (path: string) => (await get(path)).text()

describe('the document of the status app', () => {
  it('is OpenAPI, and says all that is served, and nothing else', async () => {
    expect(await documentFaults(document)).toEqual([])
    const { signIn } = await exampleSignIn()
    expect(documentedRoutes(document)).toEqual(servedRoutes(operations(examplePorts({ signIn }))))
  })
})

describe('/docs/topics', () => {
  it('has every topic, and leads to a page of its own', async () => {
    const text = await page('/docs/topics')
    for (const { name } of allTopics) {
      expect(text).toContain(`href="/docs/topics/${name}"`)
      expect((await get(`/docs/topics/${name}`)).status).toBe(200)
    }
    expect(text).not.toContain('<script')
  })

  it('is led to from /docs', async () => {
    expect(await page('/docs')).toContain('href="/docs/topics"')
  })

  it('has nothing of a topic that is none', async () => {
    expect((await get('/docs/topics/nothing')).status).toBe(404)
  })
})

describe('the page of a topic', () => {
  it('says what it is for, its key, how long it is kept, who writes and who reads it', async () => {
    const text = (await page('/docs/topics/payment.facts')).replaceAll(/<[^>]+>|\s+/g, ' ')
    for (const said of [
      'What happened to a payment.',
      /payment_id\s+, of the value/,
      /Kept\s+without limit/,
      /payment-proxy\s+an app\s+record by record/,
      /payment-keeper\s+a unit of the worker\s+record by record/,
    ]) {
      expect(text).toMatch(said)
    }
  })

  it('says of each field what it is and whom it is about, those of records within it too', async () => {
    const text = (await page('/docs/topics/payments')).replaceAll(/<[^>]+>/g, ' ')
    expect(text).toMatch(/payment\.split\[\]\.amount\s+cents or null/)
    expect(text).toMatch(/payer\.tax_identification_number\s+[\w -]+\s+personal/)
    expect(text).toMatch(/status\s+CREATION_PENDING, CREATION_FAILED/)
  })

  it('says of a table where its key is, and how long a removed one is known', async () => {
    const text = (await page('/docs/topics/payments.current')).replaceAll(/<[^>]+>|\s+/g, ' ')
    expect(text).toMatch(/id\s+, in the key only/)
    expect(text).toContain('that a key was removed, 7 days')
    expect(text).toMatch(/payment-proxy\s+an app\s+as a table, whole/)
  })
})

describe('AsyncAPI', () => {
  it('is served for programs, the same as JSON and as YAML', async () => {
    const wanted = asyncApi(declaredUnits)
    expect((await page('/docs/asyncapi.json')) === JSON.stringify(wanted)).toBe(true)
    expect((await page('/docs/asyncapi.yaml')) === toYaml(wanted)).toBe(true)
  })
})
