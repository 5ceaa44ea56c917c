import axios, {
  type AxiosRequestConfig,
  type AxiosResponse,
  type CreateAxiosDefaults,
  type GenericAbortSignal,
  type InternalAxiosRequestConfig,
} from 'axios'
import { beginCallSpan } from '#core/call-span'
import { type Exchange, noteHere, type Said } from '#core/exchanges'

/** How an intermediary is called: axios's own options, and how long a whole exchange may take, milliseconds. */
export type OutgoingOptions = CreateAxiosDefaults & { readonly timeout: number }

/** One request; rejects with axios's error where no answer came. */
export type OutgoingCall = (asked: AxiosRequestConfig) => Promise<AxiosResponse<Buffer>>

/**
 * What an intermediary is called with: `outgoingClient({ ...outgoingCalls(), baseURL, timeout, … })`. Bodies go and come
 * as bytes, every status is an answer, no redirect is followed; what it exchanges is noted (`noting`) and a span
 * (`spanHere`), of which the other side is told nothing. An exchange that is not over after `timeout` is given up (ECONNABORTED): silence, an answer that drips, a connection that is not made.
 */
export function outgoingClient({ timeout, ...options }: OutgoingOptions): OutgoingCall {
  const client = axios.create({
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    transformRequest: [(body: unknown) => body],
    validateStatus: () => true,
    ...options,
  })
  return async ({ signal, ...asked }) => {
    const told = telling((config) => client.getUri(config))
    const waiting = new Waiting(timeout, signal)
    try {
      const answer = await client.request<Buffer>({ ...asked, signal: waiting })
      told?.(answer.config, { answer })
      return answer
    } catch (error) {
      if (!axios.isAxiosError(error)) throw error
      if (waiting.isLate) error.code = axios.AxiosError.ECONNABORTED
      told?.(error.config, { answer: error.response, error })
      throw error
    } finally {
      waiting.end()
    }
  }
}

/**
 * The wait for one answer, which ends when it is too long or the caller gives up. Axios heeds it as it heeds an
 * AbortSignal; node's own outlive what they were made for, and those of AbortSignal.timeout and AbortSignal.any cost more
 * CPU than all that is composed and read.
 */
class Waiting {
  aborted = false
  isLate = false
  readonly #caller: GenericAbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  #onAbort: (() => void) | undefined

  constructor(msMax: number, caller: GenericAbortSignal | undefined) {
    this.#caller = caller
    this.#timer = setTimeout(() => {
      this.isLate = true
      this.#giveUp()
    }, msMax)
    this.aborted = caller?.aborted === true
    caller?.addEventListener?.('abort', this.#giveUp)
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#onAbort = listener
  }

  removeEventListener(): void {
    this.#onAbort = undefined
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#caller?.removeEventListener?.('abort', this.#giveUp)
  }

  readonly #giveUp = (): void => {
    this.aborted = true
    this.#onAbort?.()
  }
}

interface Came {
  readonly answer: AxiosResponse | undefined
  readonly error?: { readonly code?: string; readonly name: string }
}

/** What tells of an exchange once it is over; undefined where nobody is told. */
const telling = (urlOf: (config: AxiosRequestConfig) => string) => {
  const note = noteHere()
  const endSpan = beginCallSpan()
  if (!note && !endSpan) return undefined
  const startedAt = new Date()
  const startedMs = performance.now()
  return (asked: InternalAxiosRequestConfig | undefined, came: Came): void => {
    if (!asked) return
    const ms = Math.round(performance.now() - startedMs)
    const exchange = exchangeOf(urlOf(asked), asked, came)
    note?.({ ...exchange, startedAt, ms })
    endSpan?.(exchange)
  }
}

const exchangeOf = (
  url: string,
  asked: InternalAxiosRequestConfig,
  { answer, error }: Came,
): Omit<Exchange, 'startedAt' | 'ms'> => ({
  direction: 'out',
  method: (asked.method ?? 'get').toUpperCase(),
  url,
  status: answer?.status,
  error: error && (error.code ?? error.name),
  request: saidIn(asked.headers.getContentType(), asked.data),
  response: answer && saidIn(answer.headers['content-type'], answer.data),
})

const saidIn = (type: unknown, data: unknown): Said | undefined => {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return undefined
  return { type: typeof type === 'string' ? type : undefined, bytes }
}
