import axios from 'axios'
import { z } from 'zod'
import { RejectedError, TransientError } from '#core/errors'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'
import { parseDateTime } from '#schemas/values/date-time'
import type { ExternalPageTenant } from '#connectors/external-page/config'

const PaidAt = z.string().transform((text, context) => {
  try {
    return parseDateTime(text)
  } catch {
    context.addIssue('not a date and time with an offset')
    return z.NEVER
  }
})

/** What the page says of a payment, asked or by itself. An amount that came as a JSON number is refused: a float. */
export const PageStatus = z
  .object({
    iud: z
      .string()
      .regex(/^[0-9a-f]{32}$/i)
      .transform((iud) => iud.toLowerCase()),
    state: z.string(),
    transaction_id: z.string().min(1).max(100).nullish(),
    paid_at: PaidAt.nullish(),
    amount: z
      .string()
      .regex(/^\d{1,10}\.\d{2}$/)
      .nullish(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullish(),
  })
  .refine(
    ({ state, paid_at, amount, currency }) => state !== 'PAID' || (paid_at && amount && currency),
    'paid without paid_at, amount or currency',
  )
export type PageStatus = z.infer<typeof PageStatus>

const Refusal = z.object({ error: z.string().regex(/^[a-z-]{1,40}$/) })
const unknownPayment = 'unknown-payment'

// One pool for the process: a configuration read again must not leave sockets behind. Its address is an
// administrator's word: it leads to no address of the link.
const pool = outgoingCalls()
const answerBytesMax = 100_000
// 408 and 425 say that nothing was done, 429 that it is too early; 401 and 403 refuse our signature, which an
// administrator mends.
const tryLaterStatuses: readonly number[] = [401, 403, 408, 425, 429]

/**
 * One function per address, in the page's own words; addresses come signed. Throws RejectedError only where the page
 * itself says no: a 4xx with its word in the body. Everything else is TransientError: no answer, a redirect, 5xx, 401,
 * 403, 408, 425, 429, and whatever comes from somebody in between.
 */
export const externalPageClient = ({ timeout_ms }: Pick<ExternalPageTenant, 'timeout_ms'>) => {
  const call = callerOf(timeout_ms)
  return {
    /** What the page says of the payment; undefined where it has surely not heard of it. */
    getStatus: async (url: string, iud: string, signal?: AbortSignal) => {
      const told = statusIn(await call('GET', url, signal))
      if (told === undefined || told.iud === iud) return told
      throw new TransientError('the page answered about another payment')
    },

    /** Whether the page takes the address, without opening it. */
    tryPage: async (url: string, signal?: AbortSignal): Promise<void> => {
      const { status } = await call('HEAD', url, signal)
      if (isSuccess(status)) return
      if (status === 401 || status === 403) {
        throw new RejectedError('signature-refused', `the page refuses our signature (${status})`)
      }
      throw new TransientError(`the page answered ${status}`)
    },
  }
}

interface Answer {
  readonly status: number
  readonly data: Buffer
}

const callerOf = (timeout_ms: number) => {
  const call = outgoingClient({
    ...pool,
    maxContentLength: answerBytesMax,
    timeout: timeout_ms,
  })

  return async (method: 'GET' | 'HEAD', url: string, signal?: AbortSignal): Promise<Answer> =>
    call({ method, url, ...(signal ? { signal } : {}) }).catch(noAnswer)
}

// The error of the HTTP client carries the request, the signed address included: only its code goes on.
const noAnswer = (error: unknown): never => {
  if (!axios.isAxiosError(error)) throw error
  throw new TransientError(`the page gave no answer (${error.code ?? 'unknown reason'})`)
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300

const statusIn = ({ status, data }: Answer): PageStatus | undefined => {
  if (isSuccess(status)) {
    const told = PageStatus.safeParse(jsonOf(data))
    if (told.success) return told.data
    throw new TransientError('the page answered success with something that is not its own')
  }
  // Firewalls and proxies answer with 4xx, too; and free text may repeat personal data: only a code word counts.
  const refusal = Refusal.safeParse(jsonOf(data))
  if (status < 400 || status >= 500 || tryLaterStatuses.includes(status) || !refusal.success) {
    throw new TransientError(`the page answered ${status}`)
  }
  const { error } = refusal.data
  if (status === 404 && error === unknownPayment) return undefined
  throw new RejectedError(`external-page-${status}`, `the page refused (${status}): ${error}`)
}

/** The JSON of an answer; undefined where it is none. */
const jsonOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
