import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { exampleOperators, examplePassword } from '#apps/operations/sign-in/example-operators'
import { sessionCookie } from '#apps/operations/sign-in/cookie'
import type { GateSettings } from '#apps/operations/sign-in/gate'
import type { Operators } from '#apps/platform/operators/operators-file'

/** An answer as a browser sees it. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

type Headers = Readonly<Record<string, string>>

/** A browser that keeps the cookie of one app and sends forms as browsers do. */
export class ExampleBrowser {
  readonly #url: string
  cookie: string | undefined

  constructor(url: string) {
    this.#url = url
  }

  get = (path: string, headers: Headers = {}): Promise<Answer> => this.#ask('GET', path, headers)

  /** Sends a form from a page of the app. */
  post(path: string, fields: Readonly<Record<string, string>>, headers: Headers = {}) {
    const sent = {
      origin: this.#url,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    }
    return this.#ask('POST', path, sent, new URLSearchParams(fields).toString())
  }

  /** The token of the form on a page. */
  async tokenOn(path: string): Promise<string> {
    return /name="token" value="([^"]+)"/.exec((await this.get(path)).text)?.[1] ?? ''
  }

  async signIn(login: string, password = examplePassword, to = '/'): Promise<Answer> {
    return this.post('/sign-in', { token: await this.tokenOn('/sign-in'), login, password, to })
  }

  async #ask(method: string, path: string, headers: Headers, body = ''): Promise<Answer> {
    const cookie = this.cookie === undefined ? {} : { cookie: this.cookie }
    const answer = await new Promise<Answer>((resolve, reject) => {
      const asked = request(this.#url + path, { method, headers: { ...cookie, ...headers } })
      asked.once('error', reject)
      asked.once('response', (response) => {
        const { statusCode: status = 0, headers: told } = response
        text(response).then((read) => resolve({ status, headers: told, text: read }), reject)
      })
      asked.end(body)
    })
    const [kept] = answer.headers['set-cookie'] ?? []
    if (kept !== undefined) {
      const [pair = ''] = kept.split(';')
      this.cookie = pair.endsWith('=') ? undefined : pair
    }
    return answer
  }
}

/** A sign-in whose file and clock a test holds. */
export async function exampleSignIn(isHttps = false) {
  const held = { known: await exampleOperators(), nowMs: 1_768_467_600_000, problem: '' }
  const source = {
    current(): Operators {
      if (held.problem) throw new Error(held.problem)
      return held.known
    },
  }
  const publicOrigin = isHttps ? 'https://corrente.example' : undefined
  const signIn: GateSettings = {
    source,
    cookie: sessionCookie(isHttps),
    publicOrigin,
    now: () => held.nowMs,
  }
  return { held, signIn }
}
