import express from 'express'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import type { RequestListener } from 'node:http'

export interface ExampleServer {
  readonly url: string
  /** What answers from now on. */
  answer(listener: RequestListener): void
  /** Answers so, whatever is asked. */
  answerText(
    text: string | Buffer,
    status?: number,
    headers?: Readonly<Record<string, string>>,
  ): void
  /** The bodies that were posted, in order. */
  readonly bodies: readonly string[]
  stop(): Promise<void>
}

const xmlType = { 'content-type': 'text/xml; charset=utf-8' }

/** A server for tests that says what it is told to say. */
export const startExampleServer = async (): Promise<ExampleServer> => {
  const bodies: string[] = []
  let listener: RequestListener = (_request, response) => void response.end()
  const app = express()
  app.use(express.text({ type: () => true }), (request, response) => {
    bodies.push(String(request.body))
    listener(request, response)
  })
  const server = await listen(app)
  return {
    url: urlOf(server),
    bodies,
    answer: (next) => {
      listener = next
    },
    answerText: (text, status = 200, headers = xmlType) => {
      listener = (_request, response) => void response.writeHead(status, headers).end(text)
    },
    stop: () => close(server),
  }
}
