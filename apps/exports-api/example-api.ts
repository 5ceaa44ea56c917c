import type { Desk } from '#apps/exports-api/desk'
import { ExampleSurroundings } from '#apps/exports-api/example-surroundings'
import { exportsDocs } from '#apps/exports-api/docs/api'
import { exportsApi } from '#apps/exports-api/exports-api'
import { holdersOf } from '#apps/exports-api/holders'
import { keepingTo } from '#apps/platform/api-docs/example-contract'
import { openApiOf } from '#apps/platform/api-docs/open-api'
import { listen } from '#apps/platform/http'
import { templatePinning } from '#apps/platform/pin-template'
import { newMetrics } from '#core/metrics'

/** Who may see tenant-a and tenant-b, only tenant-c, and everybody. */
export const exampleTokens = {
  back: 'back-token-of-a-length',
  other: 'other-token-of-a-length',
  audit: 'audit-token-of-a-length',
} as const

/** What is asked for in a test, unless it says otherwise. */
export const exampleBody = (changes: Readonly<Record<string, unknown>> = {}) => ({
  tenant_id: 'tenant-a',
  source: 'ledger',
  batch_id: 'lote-1',
  output: 'PDF',
  template: 'receipt@1',
  language: 'es-CO',
  ...changes,
})

const exampleHolders = holdersOf(
  Object.entries(exampleTokens).map(([name, token]) => ({ name, token })),
  [
    { name: 'back', tenant: 'tenant-a' },
    { name: 'back', tenant: 'tenant-b' },
    { name: 'other', tenant: 'tenant-c' },
    { name: 'audit', tenant: '*' },
  ],
)

interface Changes extends Partial<Pick<Desk, 'heartbeatMs'>> {
  readonly listenersMax?: number
}

/** The API over a real socket, before tables and a log in memory. Whatever it answers is held against its document. */
export async function startExampleApi({ heartbeatMs = 15_000, listenersMax = 10 }: Changes = {}) {
  const given = new ExampleSurroundings(listenersMax)
  const note = (fields: object, event: string) => void given.logged.push({ ...fields, event })
  const log = { debug: () => undefined, info: note, warn: note, error: note }
  const { ports, listeners, now } = given
  const desk: Desk = {
    ...{ ports, listeners, now, log, heartbeatMs, linkMs: 15 * 60_000 },
    pinTemplate: templatePinning(given.templates),
    notifying: {
      pageUrl: 'https://exports.example/exports',
      webhooks: [
        { tenant: 'tenant-a', webhook: 'archive' },
        { tenant: '*', webhook: 'audit' },
      ],
    },
    sources: { names: ['ledger'], of: (name) => (name === 'ledger' ? given.ledger : undefined) },
    store: {
      async signGet(key, link) {
        given.links.push({ key, link })
        return `${given.objectsAt}/${key}?signature=a-secret-of-its-own`
      },
    },
  }
  const status = () => ({ problems: [] })
  const metrics = newMetrics()
  const app = exportsApi({ desk, findHolder: exampleHolders, log, metrics, status })
  const server = await listen(app, 0)
  const documented = keepingTo(openApiOf(exportsDocs()))
  const call = async (
    path: string,
    init: RequestInit = {},
    holder: keyof typeof exampleTokens = 'back',
  ) => {
    const headers = { authorization: `Bearer ${exampleTokens[holder]}`, ...init.headers }
    return documented(path, init, await fetch(server.url + path, { ...init, headers }))
  }
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    call('/exports', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return Object.assign(given, {
    ...{ url: server.url, call, post },
    /** The id of a new request. */
    async request(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const answer = await post(exampleBody(changes))
      return ((await answer.json()) as { readonly request_id: string }).request_id
    },
    async stop() {
      listeners.close()
      await server.close()
    },
  })
}
export type ExampleApi = Awaited<ReturnType<typeof startExampleApi>>

/** What an answer says, as a program would read it. */
export const bodyOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>
