import { Agent, request } from 'node:http'

/** What the edge of debits answered, and after how long. */
export interface Answer {
  /** 0 where there was no answer. */
  readonly status: number
  /** DE 39, or what stands for it: `none` where there was no answer. */
  readonly code: string
  readonly body: string
  /** Whether it says that the request was decided before. */
  readonly isRepeated: boolean
  readonly ms: number
}

/** What is sent; its answer is of the request of that id, however often it is sent. */
export interface Sending {
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly id: string
  readonly body: object
}

const answerMsMax = 10_000
const connectionsMax = 1_024

/** Asks the edge of debits as its callers do, over connections that are kept. */
export class EdgeClient {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connectionsMax })

  constructor(url: string, token: string | undefined) {
    this.#url = url
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  /** Never rejects: no answer is one, too. */
  async send({ method, path, id, body }: Sending): Promise<Answer> {
    const text = JSON.stringify(body)
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      'idempotency-key': id,
    }
    const begun = performance.now()
    const answer = await this.#exchange(method, path, headers, text).catch(() => undefined)
    const ms = performance.now() - begun
    if (!answer) return { status: 0, code: 'none', body: '', isRepeated: false, ms }
    return { ...answer, code: codeIn(answer.body) ?? `HTTP ${answer.status}`, ms }
  }

  /** Rejects where there is no answer, or another one than 200. */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.#exchange('GET', path, {}, '')
    if (status === 200) return JSON.parse(body)
    throw new Error(`the edge of debits answered ${status}: ${body}`)
  }

  close(): void {
    this.#agent.destroy()
  }

  #exchange(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    text: string,
  ): Promise<Pick<Answer, 'status' | 'body' | 'isRepeated'>> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#url}${path}`,
        { method, agent: this.#agent, headers: { ...this.#headers, ...headers } },
        (response) => {
          let body = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (body += chunk))
          response.on('error', reject)
          response.on('end', () => {
            const isRepeated = response.headers['idempotent-replayed'] === 'true'
            resolve({ status: response.statusCode ?? 0, body, isRepeated })
          })
        },
      )
      sent.setTimeout(answerMsMax, () => sent.destroy(new Error('no answer')))
      sent.on('error', reject)
      sent.end(text)
    })
  }
}

function codeIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { readonly code?: string }).code
  } catch {
    return undefined
  }
}
