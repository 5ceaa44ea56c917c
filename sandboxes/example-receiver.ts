import express from 'express'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import type { Notification } from '#ports/intermediary'

/** A notification, and the method and path it came to, below the address of notifications. */
export interface ReceivedNotification extends Notification {
  readonly call: string
}

export interface ExampleReceiver {
  readonly url: string
  /** All that was sent, in order. */
  readonly notifications: readonly ReceivedNotification[]
  stop(): Promise<void>
}

/** Takes notifications at its address and below; the first `refusals` are answered 503. */
export const startExampleReceiver = async (refusals = 0): Promise<ExampleReceiver> => {
  const notifications: ReceivedNotification[] = []
  const app = express()
  app.use('/notify', express.text({ type: '*/*' }), (request, response) => {
    notifications.push({
      call: `${request.method} ${request.path}`,
      headers: request.headers as Notification['headers'],
      body: String(request.body),
    })
    response.sendStatus(notifications.length > refusals ? 204 : 503)
  })
  const server = await listen(app)
  return { url: `${urlOf(server)}/notify`, notifications, stop: () => close(server) }
}
