import axios, {
  type AxiosInstance,
  type AxiosResponse,
  type CreateAxiosDefaults,
  type InternalAxiosRequestConfig,
} from 'axios'
import { type Exchange, noteHere, type NoteExchange, type Said } from '#core/exchanges'

interface Begun {
  readonly note: NoteExchange
  readonly startedAt: Date
  readonly startedMs: number
}

/**
 * What an intermediary is called with: `outgoingClient({ ...outgoingCalls(), baseURL, timeout, … })`. Bodies go and come
 * as bytes, every status is an answer, no redirect is followed; what it exchanges is noted (`noting`).
 */
export function outgoingClient(options: CreateAxiosDefaults): AxiosInstance {
  const client = axios.create({
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    transformRequest: [(body: unknown) => body],
    validateStatus: () => true,
    ...options,
  })
  const begun = new WeakMap<InternalAxiosRequestConfig, Begun>()
  client.interceptors.request.use((asked) => {
    const note = noteHere()
    if (note) begun.set(asked, { note, startedAt: new Date(), startedMs: performance.now() })
    return asked
  })
  const tell = (asked: InternalAxiosRequestConfig | undefined, came: Came): void => {
    const began = asked && begun.get(asked)
    if (began) began.note(exchangeOf(client.getUri(asked), asked, began, came))
  }
  client.interceptors.response.use(
    (answer) => {
      tell(answer.config, { answer })
      return answer
    },
    (error: unknown) => {
      if (axios.isAxiosError(error)) tell(error.config, { answer: error.response, error })
      throw error
    },
  )
  return client
}

interface Came {
  readonly answer: AxiosResponse | undefined
  readonly error?: { readonly code?: string; readonly name: string }
}

const exchangeOf = (
  url: string,
  asked: InternalAxiosRequestConfig,
  { startedAt, startedMs }: Begun,
  { answer, error }: Came,
): Exchange => ({
  direction: 'out',
  method: (asked.method ?? 'get').toUpperCase(),
  url,
  startedAt,
  ms: Math.round(performance.now() - startedMs),
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
