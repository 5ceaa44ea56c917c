import { readEvents } from '#apps/platform/event-stream'

/** A request and where it is, as the API tells it. */
export interface ShownExport {
  readonly request_id: string
  readonly tenant_id: string
  readonly batch_id: string
  readonly output: 'CSV' | 'PDF'
  readonly state: string
  readonly records: number | null
  readonly rendered: number
  readonly failed: number
  readonly percent: number | null
  readonly rate: number | null
  readonly eta_seconds: number | null
  readonly requested_at: string
  readonly expires_at: string | null
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly result: { readonly bytes: number; readonly sha256: string } | null
}

export interface ExportsPage {
  readonly items: readonly ShownExport[]
  readonly next_cursor?: string
}

/** What the API answered where it did not do what was asked; its message is a sentence. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly status: number

  constructor(status: number, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** The API could not be asked, or not to the end: it may be another time. */
export class AwayError extends Error {
  override name = 'AwayError'
}

const answerMsMax = 30_000
/** The API lets something be heard four times in this, milliseconds. */
const silenceMsMax = 60_000

/** Speaks to the API of exports as one holder of a token. Throws RefusedError and AwayError. */
export class ExportsClient {
  readonly #url: string
  readonly #token: string

  constructor(url: string, token: string) {
    this.#url = url
    this.#token = token
  }

  /** The id of the request. */
  async request(body: object, key?: string): Promise<string> {
    const { request_id } = await this.#json<{ readonly request_id: string }>('/exports', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    })
    return request_id
  }

  show(id: string): Promise<ShownExport> {
    return this.#json(pathOf(id))
  }

  list(tenantId: string, { limit, cursor }: { readonly limit: number; readonly cursor?: string }) {
    const query = new URLSearchParams({ tenant_id: tenantId, limit: String(limit) })
    if (cursor !== undefined) query.set('cursor', cursor)
    return this.#json<ExportsPage>(`/exports?${query.toString()}`)
  }

  async cancel(id: string): Promise<void> {
    await this.#json(pathOf(id), { method: 'DELETE' })
  }

  /** Whoever has it needs no token: never to be shown. */
  async link(id: string): Promise<string> {
    const { url } = await this.#json<{ readonly url: string }>(`${pathOf(id)}/link`, {
      method: 'POST',
    })
    return url
  }

  /** What it is and each change, until the API ends it. AwayError where it breaks off, or is silent for long. */
  async *events(id: string): AsyncGenerator<ShownExport, undefined> {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), silenceMsMax)
    try {
      const { body } = await this.#call(`${pathOf(id)}/events`, { signal: silence.signal })
      const heard = body!.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(bytes, controller) {
            timer.refresh()
            controller.enqueue(bytes)
          },
        }),
      )
      for await (const { event, data } of readEvents(heard)) {
        if (event === 'export') yield JSON.parse(data) as ShownExport
      }
      return undefined
    } catch (error) {
      if (error instanceof RefusedError || error instanceof AwayError) throw error
      throw new AwayError('the events of the export broke off')
    } finally {
      clearTimeout(timer)
      silence.abort()
    }
  }

  async #json<T>(path: string, init: RequestInit = {}): Promise<T> {
    const signal = AbortSignal.timeout(answerMsMax)
    const answer = await this.#call(path, { ...init, signal })
    return (await answer.json()) as T
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as object), authorization: `Bearer ${this.#token}` }
    const answer = await fetch(this.#url + path, { ...init, headers }).catch((error: unknown) => {
      throw new AwayError(`the API of exports at ${this.#url} cannot be asked (${causeOf(error)})`)
    })
    if (answer.ok) return answer
    throw new RefusedError(answer.status, await sentenceOf(answer))
  }
}

const pathOf = (id: string) => `/exports/${encodeURIComponent(id)}`

const causeOf = (error: unknown): string => {
  const { cause, name } = error as Error & { readonly cause?: { readonly code?: string } }
  return cause?.code ?? name
}

async function sentenceOf(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as { readonly detail?: unknown }
  const { detail } = problem
  return typeof detail === 'string' ? detail : `the API of exports answered ${answer.status}`
}

/** Whether the same may be answered otherwise in a moment. */
export const isPassing = (error: unknown): boolean =>
  error instanceof AwayError ||
  (error instanceof RefusedError && (error.status === 429 || error.status >= 500))
