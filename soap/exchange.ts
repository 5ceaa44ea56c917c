import axios from 'axios'
import { assertAnswer, FaultError } from '#soap/envelope'
import { isUtf8, utf8Of, XmlError } from '#soap/xml'
import { TransientError } from '#core/errors'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'
import type { TlsIdentity } from '#core/outgoing-agents'
import type { ElementName } from '#soap/envelope'
import type { IHttpClient } from 'soap'

// One pool for the process: a configuration read again must not leave sockets behind. Its address is an
// administrator's word: it leads to no address of the link.
const shared = outgoingCalls()
const answerBytesMax = 10_000_000

// One more pool for each certificate we show.
const pools = new Map<string, typeof shared>()
const poolOf = (identity: TlsIdentity | undefined): typeof shared => {
  if (!identity) return shared
  const key = JSON.stringify(identity)
  const pool = pools.get(key) ?? outgoingCalls({ identity })
  pools.set(key, pool)
  return pool
}

/** Who is asked, as errors name it, and how long an answer is waited for. */
export interface Asked {
  readonly party: string
  readonly timeout_ms: number
  /** Who we are to a server that asks for a certificate. */
  readonly identity?: TlsIdentity | undefined
}

/** The server answered with a SOAP fault: by its own rules technical trouble, so that it decides nothing by itself. */
export class SoapFaultError extends TransientError {
  readonly #fault: FaultError
  constructor(message: string, fault: FaultError) {
    super(message)
    this.#fault = fault
  }

  /** Whether the fault says this, whatever else it says. */
  says(words: string): boolean {
    return this.#fault.says(words)
  }
}

/** What a call says beside its message. */
export interface CallOptions {
  /** The element the answer is to hold. */
  readonly awaited: ElementName
  readonly signal?: AbortSignal | undefined
}

interface Message {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** The answer as the SOAP client wants it. */
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/**
 * How the SOAP client reaches a server: bounded in time, size and depth, without redirects, UTF-8 both ways. It hands
 * on nothing but the answer that was awaited, so that the client never reads anything else; whatever else comes is
 * TransientError, a SOAP fault too (SoapFaultError).
 */
export const exchangeOf = (asked: Asked): IHttpClient => {
  const post = posting(asked)
  return {
    request: (...[url, body, done, headers, options]: Parameters<IHttpClient['request']>) => {
      const message = { url, body: String(body), headers: headers as Message['headers'] }
      void post(message, options as unknown as CallOptions)
        .then((answer) => void done(null, answer, answer.body))
        .catch((error: unknown) => void done(error))
      // The client awaits its callback, not this.
      return undefined as never
    },
  }
}

const posting = ({ party, timeout_ms, identity }: Asked) => {
  const call = outgoingClient({
    ...poolOf(identity),
    maxContentLength: answerBytesMax,
    timeout: timeout_ms,
  })

  return async (
    { url, body, headers }: Message,
    { awaited, signal }: CallOptions,
  ): Promise<Answer> => {
    const answer = await call({
      method: 'POST',
      url,
      headers,
      data: Buffer.from(body, 'utf8'),
      ...(signal ? { signal } : {}),
    }).catch((error: unknown) => noAnswer(party, error))
    const read = awaitedText(String(answer.headers['content-type'] ?? ''), answer.data, awaited)
    if ('wrong' in read) {
      const message = `${party} answered ${answer.status}, and the answer ${read.wrong.message}`
      if (read.wrong instanceof FaultError) throw new SoapFaultError(message, read.wrong)
      throw new TransientError(message)
    }
    if (answer.status < 200 || answer.status > 299) {
      throw new TransientError(`${party} answered ${answer.status}`)
    }
    return { status: answer.status, headers: answer.headers, body: read.text }
  }
}

// The error of the HTTP client carries the request, password included: only its code goes on.
const noAnswer = (party: string, error: unknown): never => {
  if (!axios.isAxiosError(error)) throw error
  throw new TransientError(`${party} gave no answer (${error.code ?? 'unknown reason'})`)
}

const awaitedText = (
  type: string,
  bytes: Buffer,
  awaited: ElementName,
): { readonly text: string } | { readonly wrong: XmlError } => {
  try {
    const text = textOf(type, bytes)
    assertAnswer(text, awaited)
    return { text }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return { wrong: error }
  }
}

const xmlType = /^\s*(text|application)\/(soap\+)?xml\s*(;|$)/i

const textOf = (type: string, bytes: Buffer): string => {
  if (!xmlType.test(type)) throw new XmlError('is no XML by its own word')
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]
  if (charset !== undefined && !isUtf8(charset)) throw new XmlError('is not declared as UTF-8')
  return utf8Of(bytes)
}
