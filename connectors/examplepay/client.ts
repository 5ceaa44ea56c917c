import axios from 'axios'
import { z } from 'zod'
import { RejectedError, TransientError } from '#core/errors'
import { outgoingCalls } from '#core/outgoing-agents'
import { outgoingClient } from '#core/outgoing-client'
import { jsonOf, parsed, pdf } from '#connectors/examplepay/answers'
import { PendencyPage } from '#connectors/examplepay/listed-pendency'
import { Amount, Iud, Iuv, Key, Moment, NoticeNumber, ToldIud } from '#connectors/examplepay/words'
import type { ExamplepayTenant } from '#connectors/examplepay/config'
import type { PendencySearch } from '#connectors/examplepay/listed-pendency'

/** A debt as examplepay tells it. */
export const Pendency = z
  .object({
    code: ToldIud,
    state: z.string(),
    notice_number: NoticeNumber.nullable(),
    iuv: Iuv.nullable(),
    amount: Amount,
    transaction_id: z.string().min(1).nullable(),
    paid_at: Moment.nullable(),
  })
  .refine(({ state, paid_at }) => state !== 'PAID' || paid_at !== null, 'paid without paid_at')
export type Pendency = z.infer<typeof Pendency>

/** What examplepay posts when the state of a debt changes. */
export const PendencyNotification = z
  .object({
    code: ToldIud,
    state: z.string(),
    transaction_id: z.string().min(1).nullish(),
    paid_at: Moment.nullish(),
    amount: Amount,
  })
  .refine(({ state, paid_at }) => state !== 'PAID' || paid_at, 'paid without paid_at')
export type PendencyNotification = z.infer<typeof PendencyNotification>

/** The debt to create. Amounts are decimal text, so that no float ever touches them. */
export const NewPendency = z.object({
  iud: Iud,
  due_type: z.string().min(1).max(35),
  reason: z.string().min(1).max(140),
  amount: Amount,
  expire_at: z.string().nullable(),
  payer: z.object({
    type: z.enum(['human', 'legal']),
    name: z.string().min(1),
    tax_code: z.string().min(1),
  }),
  split: z.array(z.object({ code: z.string(), amount: Amount })),
  iban: z.string().optional(),
  receiver: z.object({ tax_code: z.string().min(1), name: z.string().min(1) }).optional(),
  category: z.string().min(1).optional(),
})
export type NewPendency = z.infer<typeof NewPendency>

/** Where examplepay sends the payer back, and where it reports. */
export interface PendencyAddresses {
  readonly landing_url: string
  readonly notify_url: string
}

const Session = z.object({ url: z.url({ protocol: /^https?$/ }) })
const Refusal = z.object({ error: z.string().regex(/^[a-z-]{1,40}$/) })

// One pool for the process: a configuration read again must not leave sockets behind. Its address is an
// administrator's word: it leads to no address of the link.
const pool = outgoingCalls()
const answerBytesMax = 10_000_000
// 408 and 425 say that nothing was done, 429 that it is too early; 401 and 403 refuse our credentials, which an
// administrator mends: none of them refuses the payment.
const tryLaterStatuses: readonly number[] = [401, 403, 408, 425, 429]
// To an opening these are no refusal either: a debt that is there can be paid, an address can be mended.
const openingWaits: Readonly<Record<string, string>> = {
  'examplepay-404': 'examplepay opens no debts at this address: mend base_url',
  'examplepay-409': 'examplepay has a debt with other content under this iud, and it can be paid',
}

interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly body?: string
  readonly signal?: AbortSignal | undefined
}

/**
 * One function per endpoint, in examplepay's own words. Throws RejectedError only where examplepay itself says
 * no: a 4xx with its word in the body. Everything else is TransientError: no answer, a redirect, 5xx, 401, 403,
 * 408, 425, 429, 404 and 409 to an opening, and whatever comes from somebody in between. A key that is neither 32
 * hex digits in lower case nor a notice number is never sent: RejectedError('bad-iud').
 */
export const examplepayClient = (tenant: ExamplepayTenant) => {
  const call = callerOf(tenant)
  const pendency = async (iud: string, exchange: Omit<Call, 'path'>): Promise<Pendency> => {
    const found = parsed(Pendency, await call({ ...exchange, path: pathOf(iud) }))
    if ([found.code.toLowerCase(), found.notice_number].includes(iud)) return found
    throw new TransientError('examplepay answered about another debt')
  }

  return {
    putPendency: (request: NewPendency & PendencyAddresses, signal?: AbortSignal) =>
      pendency(request.iud, { method: 'PUT', body: JSON.stringify(request), signal }).catch(
        notOpened,
      ),
    getPendency: (iud: string, signal?: AbortSignal) => pendency(iud, { method: 'GET', signal }),
    findPendency: (iud: string, signal?: AbortSignal) =>
      pendency(iud, { method: 'GET', signal }).catch(absent),
    // Whose debts they are is in the body: addresses are written down on the way.
    searchPendencies: async (search: PendencySearch, signal?: AbortSignal) =>
      parsed(
        PendencyPage,
        await call({
          method: 'POST',
          path: '/pendencies/search',
          body: JSON.stringify(search),
          signal,
        }),
      ),
    postSession: async (iud: string, signal?: AbortSignal) =>
      parsed(Session, await call({ method: 'POST', path: pathOf(iud, '/sessions'), signal })),
    getNotice: async (iud: string, signal?: AbortSignal) =>
      pdf(await call({ method: 'GET', path: pathOf(iud, '/notice.pdf'), signal })),
    getReceipt: async (iud: string, signal?: AbortSignal) =>
      pdf(await call({ method: 'GET', path: pathOf(iud, '/receipt.pdf'), signal })),
  }
}

const pathOf = (iud: string, rest = ''): string => {
  if (Key.safeParse(iud).success) return `/pendencies/${iud}${rest}`
  throw new RejectedError(
    'bad-iud',
    'a debt is known by 32 hex digits in lower case, or by its notice number',
  )
}

const callerOf = ({ base_url, api_key, timeout_ms }: ExamplepayTenant) => {
  const call = outgoingClient({
    ...pool,
    baseURL: base_url,
    headers: { authorization: `Bearer ${api_key}` },
    maxContentLength: answerBytesMax,
    timeout: timeout_ms,
  })

  return async ({ method, path, body, signal }: Call): Promise<Buffer> => {
    const { status, data } = await call({
      method,
      url: path,
      ...(body === undefined ? {} : { data: body, headers: jsonHeaders }),
      ...(signal ? { signal } : {}),
    }).catch(noAnswer)
    return accepted(status, data)
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }

// The error of the HTTP client carries the request, credentials included: only its code goes on.
const noAnswer = (error: unknown): never => {
  if (!axios.isAxiosError(error)) throw error
  throw new TransientError(`examplepay gave no answer (${error.code ?? 'unknown reason'})`)
}

const notOpened = (error: unknown): never => {
  const waits = error instanceof RejectedError ? openingWaits[error.code] : undefined
  throw waits === undefined ? error : new TransientError(waits)
}

const absent = (error: unknown): undefined => {
  if (error instanceof RejectedError && error.code === 'examplepay-404') return undefined
  throw error
}

const accepted = (status: number, answer: Buffer): Buffer => {
  if (status >= 200 && status < 300) return answer
  // Firewalls and proxies answer with 4xx, too; and free text may repeat personal data: only a code word counts.
  const refusal = Refusal.safeParse(jsonOf(answer))
  if (status < 400 || status >= 500 || tryLaterStatuses.includes(status) || !refusal.success) {
    throw new TransientError(`examplepay answered ${status}`)
  }
  const { error } = refusal.data
  throw new RejectedError(`examplepay-${status}`, `examplepay refused (${status}): ${error}`)
}
