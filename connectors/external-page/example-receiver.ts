import express from 'express'
import type { Notification } from '#ports/intermediary'
import type { AddressInfo } from 'node:net'

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
