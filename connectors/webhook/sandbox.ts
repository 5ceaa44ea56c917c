import express, { type Express, type Response } from 'express'
import { signatureHeader, verifySignature } from '#connectors/webhook/signature'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { escape, page } from '#sandboxes/page'

/** How the address of a scene answers. */
export const webhookScenes = {
  taken: 'answers 204',
  later: 'answers 503 to the first try of a notification, 204 to the second',
  gone: 'answers 410',
  redirecting: 'answers 302 to /taken',
  hanging: 'never answers',
  dripping: 'answers 200, and never comes to an end',
} as const
export type WebhookScene = keyof typeof webhookScenes

/** A request with a signature that is right. */
export interface ReceivedEvent {
  readonly scene: string
  readonly id: string
  readonly type: string
  readonly body: string
  readonly received_at: string
}

export interface WebhookSandboxOptions {
  /** A free one where absent. */
  readonly port?: number
  /** What requests have to be signed with. */
  readonly secret: string
}

export interface WebhookSandbox {
  /** The page; `<url>/<scene>` takes events, `GET /api/events` tells them. */
  readonly url: string
  readonly events: () => readonly ReceivedEvent[]
  stop(): Promise<void>
}

/**
 * A receiver of webhooks on 127.0.0.1, which checks signatures (401) and forgets all at its end. Throws where the port is
 * taken.
 */
export const startWebhookSandbox = async (
  options: WebhookSandboxOptions,
): Promise<WebhookSandbox> => {
  const events: ReceivedEvent[] = []
  const server = await listen(receiverOf(events, options.secret), options.port)
  return { url: urlOf(server), events: () => events, stop: () => close(server) }
}

function receiverOf(events: ReceivedEvent[], secret: string): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({ 'x-sandbox': 'webhook', 'cache-control': 'no-store' })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage(events)))
  app.get('/api/events', (_request, response) => void response.json(events))
  app.post('/:scene', express.text({ type: '*/*', limit: '1mb' }), (request, response) => {
    const { scene } = request.params as { readonly scene: string }
    if (!Object.hasOwn(webhookScenes, scene)) return void response.sendStatus(404)
    const body = String(request.body)
    try {
      const header = request.get(signatureHeader)
      verifySignature(header, body, { secret, now: new Date() })
    } catch {
      return void response.sendStatus(401)
    }
    const { id, type } = JSON.parse(body) as { readonly id: string; readonly type: string }
    const isFirst = !events.some((event) => event.scene === scene && event.id === id)
    events.push({ scene, id, type, body, received_at: new Date().toISOString() })
    play(scene as WebhookScene, isFirst, response)
  })
  app.use((_request, response) => void response.sendStatus(404))
  return app
}

function play(scene: WebhookScene, isFirst: boolean, response: Response): void {
  switch (scene) {
    case 'taken':
      return void response.sendStatus(204)
    case 'later':
      return void response.sendStatus(isFirst ? 503 : 204)
    case 'gone':
      return void response.sendStatus(410)
    case 'redirecting':
      return response.redirect(302, '/taken')
    case 'hanging':
      return
    case 'dripping':
      return drip(response)
  }
}

const dripMs = 200

function drip(response: Response): void {
  response.status(200).type('text/plain')
  const dripping = setInterval(() => response.write('.'), dripMs)
  response.once('close', () => clearInterval(dripping))
}

const homePage = (events: readonly ReceivedEvent[]): string => {
  const scenes = Object.entries(webhookScenes)
    .map(([scene, how]) => `<tr><th scope="row">/${scene}</th><td>${how}</td></tr>`)
    .join('\n')
  const list = [...events]
    .reverse()
    .map(({ scene, type, body, received_at }) => {
      const head = `/${scene}: ${type}, ${received_at}`
      return `<dt>${escape(head)}</dt><dd><code>${escape(body)}</code></dd>`
    })
    .join('\n')
  return page(
    'of a receiver of webhooks: nothing here is real',
    'Webhooks',
    `${list === '' ? '<p>Nothing came yet.</p>' : `<dl>${list}</dl>`}
<h2>Addresses</h2>
<table><tbody>${scenes}</tbody></table>`,
  )
}
