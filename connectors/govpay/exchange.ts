import { createHash } from 'node:crypto'
import axios from 'axios'
import { faultOf } from '#connectors/govpay/faults'
import { heedPause, notePause } from '#connectors/govpay/pauses'
import { pemOf } from '#connectors/govpay/pem'
import { TransientError } from '#core/errors'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'
import type { GovpayTenant } from '#connectors/govpay/config'

const answerBytesMax = 10_000_000
const poolsMax = 100

/** The two APIs that are called, and under which way of authentication each is. */
export type Api = 'pendenze' | 'pagamento'

export interface Exchange {
  readonly api?: Api
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST'
  /** Below the version of the API. */
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly accept?: string
  readonly signal?: AbortSignal | undefined
}

/** What GovPay answered where it was success; `location` where a redirect is one. */
export interface Answer {
  readonly body: Buffer
  readonly location?: string
}

export type Call = (exchange: Exchange) => Promise<Answer>

/**
 * One exchange at a time over HTTP, as the tenant's configuration says. Throws RejectedError where GovPay itself says
 * no, TransientError for all else that is no success: no answer, one that is too long or too late, a page of somebody
 * in between. No redirect is followed: that of the payment API is an answer.
 */
export const callerOf = (tenant: GovpayTenant): Call => {
  const caller = `${tenant.base_url} ${tenant.application_id}`
  const call = outgoingClient({
    ...poolOf(tenant),
    maxContentLength: answerBytesMax,
    timeout: tenant.timeout_ms,
  })

  const bases = { pendenze: baseOf(tenant, 'pendenze'), pagamento: baseOf(tenant, 'pagamento') }

  return async ({ method, path, signal, api = 'pendenze', ...exchange }) => {
    heedPause(caller)
    const { status, data, headers } = await call({
      method,
      url: bases[api] + path,
      headers: headersOf(tenant, api, exchange),
      data: exchange.body,
      ...(signal ? { signal } : {}),
    }).catch(noAnswer)
    if (status === 429 || status === 503) notePause(caller, textOf(headers['retry-after']))
    const location = textOf(headers['location'])
    if (status >= 200 && status < 300) return { body: data }
    if (api === 'pagamento' && [302, 303].includes(status) && location !== undefined) {
      return { body: data, location }
    }
    throw faultOf(status, data)
  }
}

const roots: Readonly<Record<Api, string>> = {
  pendenze: '/backend/api/pendenze/rs/',
  pagamento: '/frontend/api/pagamento/rs/',
}

const authenticationOf = ({ authentication, payment_authentication }: GovpayTenant, api: Api) =>
  api === 'pagamento' ? (payment_authentication ?? authentication) : authentication

const baseOf = (tenant: GovpayTenant, api: Api): string =>
  `${tenant.base_url.replace(/\/+$/, '')}${roots[api]}${authenticationOf(tenant, api)}/v2`

const headersOf = (
  tenant: GovpayTenant,
  api: Api,
  { body, contentType = 'application/json', accept = 'application/json' }: Partial<Exchange>,
): Record<string, string> => {
  const { username = '', password = '' } = tenant
  const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64')
  return {
    accept,
    ...(body === undefined ? {} : { 'content-type': `${contentType}; charset=utf-8` }),
    ...(authenticationOf(tenant, api) === 'basic' ? { authorization: `Basic ${basic}` } : {}),
  }
}

const textOf = (header: unknown): string | undefined =>
  typeof header === 'string' ? header : undefined

// The error of the HTTP client carries the request, credentials included: only its code goes on.
const noAnswer = (error: unknown): never => {
  if (!axios.isAxiosError(error)) throw error
  throw new TransientError(`GovPay gave no answer (${error.code ?? 'unknown reason'})`)
}

// One pool for the process and each certificate: a configuration read again must not leave sockets behind. Its
// address is an administrator's word: it leads to no address of the link.
const pools = new Map<string, ReturnType<typeof outgoingCalls>>([['', outgoingCalls()]])

const poolOf = ({ client_certificate: cert, client_key, server_authority: ca }: GovpayTenant) => {
  const key = client_key === undefined ? undefined : pemOf(client_key)
  const identity = (cert ?? ca) ? fingerprintOf([cert, key, ca]) : ''
  const known = pools.get(identity)
  if (known) return known
  const [, oldest] = pools.keys()
  if (pools.size >= poolsMax && oldest !== undefined) pools.delete(oldest)
  const pool = outgoingCalls()
  Object.assign(pool.httpsAgent.options, {
    ...(cert === undefined ? {} : { cert, key }),
    ...(ca === undefined ? {} : { ca }),
  })
  pools.set(identity, pool)
  return pool
}

const fingerprintOf = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')
