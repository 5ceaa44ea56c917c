import express from 'express'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import type { Notification } from '#ports/intermediary'

export interface ExampleReceiver {
  readonly url: string
  /** All that was posted, in order. */
  readonly notifications: readonly Notification[]
  stop(): Promise<void>
}

/** Takes notifications for tests; the first `refusals` are answered 503. */
export const startExampleReceiver = async (refusals = 0): Promise<ExampleReceiver> => {
  const notifications: Notification[] = []
  const app = express()
  app.post('/notify', express.text({ type: '*/*' }), (request, response) => {
    notifications.push({
      headers: request.headers as Notification['headers'],
      body: String(request.body),
    })
    response.sendStatus(notifications.length > refusals ? 204 : 503)
  })
  const server = await listen(app)
  return { url: `${urlOf(server)}/notify`, notifications, stop: () => close(server) }
}
