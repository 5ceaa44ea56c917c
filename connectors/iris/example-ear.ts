import express from 'express'
import { answer } from '#connectors/iris/answer'
import { RejectedError } from '#core/errors'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import type { Intermediary, Notification, ReportedSettlement } from '#ports/intermediary'

export interface ExampleEar {
  readonly url: string
  /** All that was posted, in order. */
  readonly heard: readonly Notification[]
  /** What was believed of it. */
  readonly settlements: readonly ReportedSettlement[]
  /** Codes of what was not. */
  readonly refusals: readonly string[]
  /** The next so many are answered with a SOAP fault, whatever they say. */
  refuseNext(times: number): void
  stop(): Promise<void>
}

/** Takes messages for tests as our proxy does, and answers as it does. */
export const startExampleEar = async (connected: () => Intermediary): Promise<ExampleEar> => {
  const heard: Notification[] = []
  const settlements: ReportedSettlement[] = []
  const refusals: string[] = []
  let refusing = 0
  const resultOf = (notification: Notification) => {
    if (refusing > 0) {
      refusing -= 1
      return { refused: { status: 503, detail: 'not now' } }
    }
    try {
      const read = connected().readNotification?.(notification) ?? []
      settlements.push(...read)
      return { taken: read.length }
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error
      refusals.push(error.code)
      return { refused: { status: error.code === 'bad-signature' ? 401 : 422, detail: error.code } }
    }
  }
  const app = express()
  app.post('/notify', express.text({ type: '*/*' }), (request, response) => {
    const headers = request.headers as Notification['headers']
    const notification = { headers, body: String(request.body) }
    heard.push(notification)
    const { status, type, body } = answer(resultOf(notification))
    response.status(status).type(type).send(body)
  })
  const server = await listen(app)
  return {
    url: `${urlOf(server)}/notify`,
    heard,
    settlements,
    refusals,
    refuseNext: (times) => void (refusing = times),
    stop: () => close(server),
  }
}
