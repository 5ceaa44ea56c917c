import express from 'express'
import type { Notification } from '#ports/intermediary'
import type { AddressInfo } from 'node:net'

/** A notification and how it was sent. */
export interface ReceivedNotification extends Notification {
  /** Method and path, as they are below the connector's address. */
  readonly call: string
}

export interface ExampleReceiver {
  readonly url: string
  /** All that was sent, in order. */
  readonly notifications: readonly ReceivedNotification[]
  stop(): Promise<void>
}

/** Takes notifications for tests; the first `refusals` are answered 503. */
export const startExampleReceiver = async (refusals = 0): Promise<ExampleReceiver> => {
  const notifications: ReceivedNotification[] = []
  const app = express()
  app.use('/notify', express.text({ type: '*/*', limit: '1mb' }), (request, response) => {
    notifications.push({
      call: `${request.method} ${request.path}`,
      headers: request.headers as Notification['headers'],
      body: String(request.body),
    })
    response.sendStatus(notifications.length > refusals ? 201 : 503)
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    notifications,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
