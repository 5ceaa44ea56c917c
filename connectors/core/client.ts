import axios from 'axios'
import { z } from 'zod'
import { beginCallSpan } from '#core/call-span'
import { TransientError } from '#core/errors'
import { outgoingCalls } from '#core/outgoing-agents'
import type { CoreConfig } from '#connectors/core/config'
import type { PaymentOutcome } from '#ports/application-register'

const { httpAgent, httpsAgent } = outgoingCalls()
const answerBytesMax = 5_000_000

const Token = z.object({ token: z.string().min(1) })

/** What the Core answered: its status, and its JSON, undefined where the body is empty. */
export interface CoreAnswer {
  readonly status: number
  readonly json: unknown
}

interface SignedCall {
  readonly url: string
  readonly token: string
  readonly signal?: AbortSignal | undefined
}

interface Call extends Omit<SignedCall, 'token'> {
  readonly method: 'GET' | 'POST'
  readonly body?: unknown
  readonly token?: string
}

/**
 * One function per endpoint, in the Core's own words; every answer of the Core is given back. Throws
 * TransientError where there is none: no connection, too slow, a page where JSON belongs.
 */
export const coreClient = ({ username, password, timeout_ms }: z.output<typeof CoreConfig>) => {
  const connection = axios.create({
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    maxContentLength: answerBytesMax,
    responseType: 'text',
    timeout: timeout_ms,
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
  })

  const call = async ({ method, url, body, token, signal }: Call): Promise<CoreAnswer> => {
    // The client's own timeout watches for silence; this one bounds the whole exchange.
    const deadline = AbortSignal.timeout(timeout_ms)
    const endSpan = beginCallSpan()
    const { status, data } = await connection
      .request<string>({
        method,
        url,
        data: body,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      })
      .catch((error: unknown) => {
        endSpan?.({ method, url, status: undefined, error: codeOf(error) })
        return noAnswer(error)
      })
    endSpan?.({ method, url, status, error: undefined })
    return { status, json: jsonOf(status, data) }
  }

  return {
    postAuth: async (url: string): Promise<string> => {
      const { status, json } = await call({ method: 'POST', url, body: { username, password } })
      const parsed = Token.safeParse(json)
      if (status >= 200 && status < 300 && parsed.success) return parsed.data.token
      throw new TransientError(`the Core gave no token (${status}): check username and password`)
    },
    postPayment: (body: PaymentOutcome, signed: SignedCall) =>
      call({ method: 'POST', body, ...signed }),
    getApplication: (signed: SignedCall) => call({ method: 'GET', ...signed }),
  }
}

// The error of the HTTP client carries the request, credentials included: only its code goes on.
const noAnswer = (error: unknown): never => {
  if (!axios.isAxiosError(error)) throw error
  throw new TransientError(`the Core gave no answer (${codeOf(error)})`)
}

const codeOf = (error: unknown): string =>
  (axios.isAxiosError(error) ? error.code : undefined) ?? 'unknown reason'

// A page with 200 is a proxy or a login in between, not the Core; with an error status the status speaks.
const jsonOf = (status: number, body: string): unknown => {
  if (body.trim() === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    if (status >= 400) return undefined
    throw new TransientError(`the Core answered ${status} with something that is not JSON`)
  }
}
