import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked } from '#tests/bench/debits/fault-windows'
import { KeptConnections } from '#tests/bench/debits/kept-connections'

/** Requests at a steady pace, whatever comes of them. */
export interface OpenRequests {
  readonly port: number
  readonly path: string
  readonly perSecond: number
  /** Body of the n-th request, and what is put among its headers. */
  readonly request: (n: number) => { readonly body: string; readonly headers?: string }
}

/** A request of the loop, and what it was told. */
export interface Answered extends Asked {
  /** When it was sent: later than it was due where whoever asks had no time. */
  readonly sentMs: number
  /** Response code of a refusal, or by what the connection was lost; undefined of a yes. */
  readonly code: string | undefined
}

const codeIn = /"codigo":"(\d\d)"/
/** An answer that did not come by then never does. */
const answeredMsMax = 15_000

/** An open loop over HTTP, over as many connections as requests are open at once; begins with request 0. */
export class HttpOpenLoop {
  readonly #given: OpenRequests
  readonly #connections: KeptConnections
  readonly #beganAtMs = performance.now()
  readonly #answered: (Answered | undefined)[] = []
  readonly #ending = new AbortController()
  readonly #sending: Promise<void>
  #open = 0

  constructor(given: OpenRequests) {
    this.#given = given
    this.#connections = new KeptConnections(given.port)
    this.#sending = this.#send()
  }

  /** How many requests were sent. */
  get sent(): number {
    return this.#answered.length
  }

  /** What the n-th request was told so far. */
  answerTo(n: number): Answered | undefined {
    return this.#answered[n]
  }

  /** When the n-th request is due (`performance.now()`). */
  plannedMs(n: number): number {
    return this.#beganAtMs + (n * 1_000) / this.#given.perSecond
  }

  /** Ends it; resolves with every request in order, undefined where it was never answered. */
  async stop(): Promise<readonly (Answered | undefined)[]> {
    this.#ending.abort()
    await this.#sending
    const deadline = performance.now() + answeredMsMax
    while (this.#open > 0 && performance.now() < deadline) await sleep(20)
    // Those that are still open are told of an end afterwards: to whoever asked they were never answered.
    const answered = [...this.#answered]
    this.#connections.close()
    return answered
  }

  async #send(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      while (this.plannedMs(this.sent) <= performance.now()) this.#ask(this.sent)
      this.#connections.closeIdle()
      await sleep(1)
    }
  }

  #ask(n: number): void {
    const { path, request } = this.#given
    const { body, headers = '' } = request(n)
    const plannedMs = this.plannedMs(n)
    const sentMs = performance.now()
    this.#answered.push(undefined)
    this.#open += 1
    this.#connections.post({ path, headers, body }, (answer, lostBy) => {
      this.#open -= 1
      const { status, body: told } = answer ?? { status: 0, body: '' }
      const code = status === 200 ? undefined : (lostBy ?? codeIn.exec(told)?.[1])
      this.#answered[n] = { plannedMs, sentMs, answeredMs: performance.now(), status, code }
    })
  }
}
