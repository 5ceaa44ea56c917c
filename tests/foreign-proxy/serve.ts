import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import { type Configurations, openConfigurations } from '#tests/foreign-proxy/configurations'
import { type Fault, ForeignPayments } from '#tests/foreign-proxy/payments'

/** Another's payment proxy, that takes part on the same topic: plain JSON, its own client, its own intermediary. */
export interface ForeignProxy {
  readonly url: string
  readonly token: string
  readonly origin: string
  readonly appId: string
  stop(): Promise<void>
}

interface Serving {
  readonly name: string
  /** What it does wrong. */
  readonly faults: readonly Fault[]
  /** Writes an event. */
  readonly write: (key: string, text: string) => Promise<void>
}

const origin = 'https://servizi.comune.example'

/** Serves it on 127.0.0.1; `take` is given each event that is written. */
export async function serveForeignProxy({
  name,
  faults,
  write,
}: Serving): Promise<ForeignProxy & { take(text: string): Promise<void> }> {
  const token = randomUUID()
  const appId = `${name}-payment-proxy:3.1.4`
  const configurations = openConfigurations({ token, origin })
  const app = express()
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { serves } = configurations
  const payments = new ForeignPayments({ url, appId, faults, serves, write })
  serve(app, configurations, payments)
  return {
    url,
    token,
    origin,
    appId,
    take: (text) => payments.take(text),
    stop: () => closed(server),
  }
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')

function serve(app: Express, { router }: Configurations, payments: ForeignPayments): void {
  app.get('/status', (_request, response) => void response.json({ status: 'ok' }))
  app.get('/metrics', (_request, response) => {
    response.type('text/plain').send('# TYPE payments_total counter\npayments_total 1\n')
  })
  app.use((request, response, next) => {
    const [, word, id = ''] = request.path.split('/')
    if (word === 'tenants' || word === 'services') return router(request, response, next)
    if (payments.has(id)) return next()
    response.status(404).type('application/problem+json').send('{"title":"unknown payment"}')
  })
  for (const path of ['/notice/:id', '/offline-payment/:id'] as const) {
    app.get(path, async ({ params: { id } }, response) => {
      await payments.opened(id, 'offline_payment')
      response.type('application/pdf').send(pdf)
    })
  }
  app.get('/online-payment/:id', async ({ params: { id } }, response) => {
    await payments.opened(id, 'online_payment_begin')
    response.redirect(302, `/portal/${id}`)
  })
  app.get('/landing/:id', async ({ params: { id } }, response) => {
    response.redirect(302, await payments.opened(id, 'online_payment_landing'))
  })
  app.get('/update/:id', async ({ params: { id } }, response) => {
    await payments.checked(id)
    response.json({ id })
  })
  app.get('/receipt/:id', (_request, response) => void response.type('application/pdf').send(pdf))
  app.post('/portal/:id/pay', async ({ params: { id } }, response) => {
    await payments.paid(id)
    response.redirect(303, `/landing/${id}`)
  })
}
