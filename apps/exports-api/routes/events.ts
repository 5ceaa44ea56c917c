import type { RequestHandler, Response } from 'express'
import { type Desk, knownExport, portsOf } from '#apps/exports-api/desk'
import { findExport } from '#apps/exports-api/known/find-export'
import { isEnd, viewOf } from '#apps/exports-api/view/export-view'

/** Changes that come so close together are told once, milliseconds. */
const togetherMs = 100

/**
 * `GET /exports/:id/events`: the request as it is, and again at each change, as server-sent events; ends where nothing
 * changes by itself any more. Whoever comes again begins with what is so then: what they saw last plays no part.
 */
export const events =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const { request_id } = await knownExport(desk, request.params['id'], response)
    follow(desk, request_id, response)
  }

function follow(desk: Desk, requestId: string, response: Response): void {
  const telling = new Telling(desk, requestId, response)
  const leave = desk.listeners.add({
    isAbout: (key) => telling.isAbout(key),
    look: () => telling.soon(),
    end: () => void response.end(),
  })
  const heart = setInterval(() => telling.beat(), desk.heartbeatMs)
  response.once('close', () => {
    leave()
    clearInterval(heart)
    telling.stop()
  })
  response.status(200).type('text/event-stream')
  // Proxies in between pass on what comes, and wait for no more.
  response.set('x-accel-buffering', 'no')
  response.flushHeaders()
  telling.tell()
}

/** Tells one listener of one request. */
class Telling {
  readonly #desk: Desk
  readonly #requestId: string
  readonly #response: Response
  #exportId: string | null = null
  #told = ''
  #timer: NodeJS.Timeout | undefined

  constructor(desk: Desk, requestId: string, response: Response) {
    this.#desk = desk
    this.#requestId = requestId
    this.#response = response
    response.on('drain', () => this.soon())
  }

  isAbout(key: string): boolean {
    return key === this.#requestId || key === this.#exportId
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      try {
        this.tell()
      } catch {
        // Whoever comes again is told why.
        this.#response.destroy()
      }
    }, togetherMs)
  }

  tell(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // Who takes nothing is told the newest once they do, and nothing is kept for them.
    if (this.#response.writableEnded || this.#response.writableNeedDrain) return
    const found = findExport(portsOf(this.#desk).tables, this.#requestId)
    if (!found || found.kind === 'over') return this.#end()
    const view = viewOf(found, this.#desk.now())
    this.#exportId = view.export_id
    const text = JSON.stringify(view)
    if (text !== this.#told) this.#response.write(`event: export\ndata: ${text}\n\n`)
    this.#told = text
    if (isEnd(view.state)) this.#end()
  }

  beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(': still here\n\n')
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #end(): void {
    this.#response.end('event: end\ndata: {}\n\n')
  }
}
