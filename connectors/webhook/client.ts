import axios from 'axios'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'

/** How a receiver answered: its status, or why there is none, such as `ECONNABORTED`. */
export type WebhookAnswer = { readonly status: number } | { readonly error: string }

interface Posting {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** More than any answer needs; nobody reads it. */
const answerBytesMax = 1_000_000

/** Posts JSON. No redirect is followed, no address of the link is called, and an answer that is not whole in time is none. */
export const webhookClient = ({ timeout_ms }: { readonly timeout_ms: number }) => {
  const call = outgoingClient({
    ...outgoingCalls(),
    timeout: timeout_ms,
    maxContentLength: answerBytesMax,
  })
  return {
    async post({ url, body, headers, signal }: Posting): Promise<WebhookAnswer> {
      try {
        const { status } = await call({
          method: 'POST',
          url,
          data: body,
          headers: { 'content-type': 'application/json', 'user-agent': 'corrente', ...headers },
          signal,
        })
        return { status }
      } catch (error) {
        // The error of the HTTP client carries the request: only its code goes on.
        if (!axios.isAxiosError(error)) throw error
        return { error: error.code ?? 'unknown reason' }
      }
    },
  }
}
