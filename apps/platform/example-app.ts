import type { Express } from 'express'
import { nothingOfItsOwn } from '#apps/platform/api-docs/api'
import { httpApp, type HttpAppOptions, listen } from '#apps/platform/http'
import { newMetrics } from '#core/metrics'

/** An app of nothing but the given routes, over a real socket; all it logs is kept. */
export async function startExampleApp(
  routes: (app: Express) => void,
  status: HttpAppOptions['status'] = () => ({ problems: [] }),
  tracing?: HttpAppOptions['tracing'],
) {
  const logged: { readonly level: string; readonly fields: Record<string, unknown> }[] = []
  const note = (level: string) => (fields: object) =>
    void logged.push({ level, fields: { ...fields } })
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  const metrics = newMetrics()
  const api = nothingOfItsOwn('example', 'An example.')
  const app = httpApp({ name: 'example', log, metrics, tracing, status, api, routes })
  const server = await listen(app, 0)
  const call = (path: string, init?: RequestInit) => fetch(server.url + path, init)
  return { ...server, call, logged, metrics }
}
