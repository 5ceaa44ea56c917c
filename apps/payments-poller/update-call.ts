import axios from 'axios'
import type { CallKind } from '#apps/payments-poller/repeats'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingUrl } from '#apps/platform/outgoing-url'
import { RejectedError } from '#core/errors'
import { appVersion } from '#core/version'
import type { DuePayment } from '#ports/open-payments'

/** What became of a call, in a word for metrics and logs: an HTTP status, or a code. */
export interface CallOutcome {
  readonly kind: CallKind
  readonly code: string
}

export type UpdateCall = (payment: DuePayment, signal: AbortSignal) => Promise<CallOutcome>

/** A proxy asks its intermediary for up to 4.5 s and waits for the log up to 5 s. */
const answerMsMax = 12_000
const answerBytesMax = 256 * 1024
// Not the payment's but the proxy's or the intermediary's state: it will be otherwise.
const tryLaterStatuses: readonly number[] = [401, 403, 408, 425, 429]

/**
 * Asks a proxy to refresh the state of a payment: GET of its address, which came with data. What the address answers
 * is not read, only whether it did. Never throws.
 */
export function updateCall(allowedHosts: readonly string[]): UpdateCall {
  const client = axios.create({
    ...outgoingCalls(),
    headers: { accept: 'application/json', 'user-agent': `payments-poller/${appVersion}` },
    maxContentLength: answerBytesMax,
    responseType: 'arraybuffer',
    timeout: answerMsMax,
    validateStatus: () => true,
  })
  return async ({ method, url }, signal) => {
    if (method !== 'GET') return { kind: 'forbidden', code: 'method-not-allowed' }
    try {
      const { href } = outgoingUrl(url, allowedHosts)
      // The client's own timeout watches for silence; this one bounds the whole exchange.
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)])
      const { status } = await client.get(href, { signal: deadline })
      return { kind: kindOf(status), code: String(status) }
    } catch (error) {
      return failure(error)
    }
  }
}

function kindOf(status: number): CallKind {
  if (status >= 200 && status < 300) return 'answered'
  return status >= 500 || tryLaterStatuses.includes(status) ? 'failed' : 'refused'
}

// An error of the client carries the address: only its code goes on.
function failure(error: unknown): CallOutcome {
  if (error instanceof RejectedError) return { kind: 'forbidden', code: error.code }
  const { code } = error as { code?: unknown }
  if (code === 'link-local-host' || code === 'no-address') return { kind: 'forbidden', code }
  return { kind: 'failed', code: typeof code === 'string' ? code : 'no-answer' }
}
