import { z } from 'zod'
import { jsonOf } from '#connectors/govpay/answers'
import { RejectedError, TransientError } from '#core/errors'

const Codice = z.string().regex(/^[A-Z0-9_]{1,40}$/)
/** GovPay's word on what went wrong: that of today, and that of old versions, which have no code. */
const Fault = z.union([
  z.object({ categoria: z.string(), codice: Codice }).transform(({ codice }) => codice),
  z
    .object({ title: z.string(), detail: z.string(), status: z.unknown(), type: z.unknown() })
    .transform(() => undefined),
])

/** Of codes an operator meets; free text of GovPay may repeat personal data. */
const sentences: Readonly<Record<string, string>> = {
  VER_001: 'two items have the same id',
  VER_002: 'the items do not add up to the amount',
  VER_003: 'the debt is not in a state in which it changes',
  VER_009: 'the debt is not in a state in which it is cancelled',
  VER_019: 'the application may not name accounts itself',
  VER_020: 'the account is not registered at GovPay',
  VER_025: 'the notice number is in use',
  DOM_000: 'GovPay does not know the body',
  DOM_001: 'the body is disabled at GovPay',
  TVR_000: 'GovPay does not know the type of due',
  TVD_000: 'the body has no such type of due at GovPay',
  TRB_000: 'GovPay does not know the revenue code',
  PAG_006: 'the debt is not payable',
  PAG_007: 'the debt has expired',
  PAG_014: 'a payment of the debt is under way',
}

// 408 and 425 say that nothing was done, 429 that it is too early; 401 and 403 refuse our credentials, which an
// administrator mends, as does an application that is none, or not ours: none of them refuses the payment.
const tryLaterStatuses: readonly number[] = [401, 403, 408, 425, 429]
const tryLaterCodes = /^(APP_00[0-5]|AUT_\d+|40[13]000)$/
// GovPay answers these with 500, and would each time.
const refusalCodes = /^(WISP_\d+|VAL_\d+|TRASFORMAZIONE|DOM_\d+|PSP_\d+|STA_\d+)$/

const credentials: Readonly<Record<number, string>> = {
  401: 'GovPay does not take the credentials (401)',
  403: 'GovPay does not let the application do this (403)',
}

/**
 * The error that an answer other than success is: RejectedError only where GovPay itself says no, in its own words.
 * Firewalls and proxies answer with 4xx, too.
 */
export const faultOf = (status: number, answer: Buffer): Error => {
  const fault = Fault.safeParse(jsonOf(answer))
  const code = fault.success ? fault.data : undefined
  const told = code === undefined ? '' : `: ${[code, sentences[code]].filter(Boolean).join(', ')}`
  if (fault.success && isRefusal(status, code)) {
    return new RejectedError(`govpay-${status}`, `GovPay refused (${status})${told}`)
  }
  return new TransientError((credentials[status] ?? `GovPay answered ${status}`) + told)
}

const isRefusal = (status: number, code = ''): boolean => {
  if (status === 500) return refusalCodes.test(code)
  // Without a code it may be any server's: nothing is surely absent.
  if (status === 404 && code === '') return false
  if (tryLaterStatuses.includes(status) || tryLaterCodes.test(code)) return false
  return status >= 400 && status < 500
}
