import { namedId } from '#core/identity'
import type { Due } from '#ports/intermediary'
import type { Links, Payer, Payment } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { iuvOf } from '#schemas/values/notice-code'
import { cutReason } from '#streams/payments/payment-reason'

/** Who owes a due, to whom, and how it came here. */
export interface Owed {
  readonly tenant_id: string
  readonly service_id: string
  /** The intermediary that has it. */
  readonly connector: string
  readonly user_id: string
  readonly payer: Payer
  /** Where payers are sent after paying; null where nobody said. */
  readonly landing_url: string | null
  /** When it came here. */
  readonly imported_at: string
}

const link = { url: null, last_opened_at: null, method: 'GET' } as const

/**
 * The ids a due may have as a payment, that of a new one first. A notice code is given once by a public body, whoever
 * tells of it: by that a due is the same from a file and at each login. One that has none yet is told by its key.
 */
export const idsOfDue = (
  { notice_code, iud }: Pick<Due, 'notice_code' | 'iud'>,
  { tenant_id, connector }: Pick<Owed, 'tenant_id' | 'connector'>,
): readonly [string, ...string[]] => {
  const byKey = namedId(`due/${tenant_id}/${connector}/${iud}`)
  return notice_code === null ? [byKey] : [namedId(`due/${tenant_id}/${notice_code}`), byKey]
}

/** The number of a due at the creditor, told or within its notice code. */
export const iuvOfDue = ({ iuv, notice_code }: Pick<Due, 'iuv' | 'notice_code'>): string | null =>
  iuv ?? (notice_code?.match(/^[0-3]/) ? iuvOf(notice_code) : null)

/**
 * A due as a payment that was not born here: open already, under the intermediary's own key. Its links are empty, so
 * that they come to lead to whoever takes it in. No application stands behind it, so it is its own origin.
 */
export function composeDue(due: Due, owed: Owed): Unstamped<Payment> {
  const { tenant_id, service_id, user_id, payer, landing_url, imported_at } = owed
  const [id] = idsOfDue(due, owed)
  return {
    id,
    user_id,
    type: 'PAGOPA',
    tenant_id,
    service_id,
    created_at: due.created_at ?? imported_at,
    updated_at: imported_at,
    status: 'PAYMENT_PENDING',
    reason: due.reason === null ? null : cutReason(due.reason),
    remote_id: id,
    payment: {
      transaction_id: null,
      paid_at: null,
      expire_at: due.expire_at,
      amount: due.amount,
      currency: due.currency,
      notice_code: due.notice_code,
      iud: due.iud,
      iuv: iuvOfDue(due),
      split: [],
      type: null,
      receiver: null,
      due_type: null,
      pagopa_category: null,
      document: null,
    },
    links: linksTo(landing_url),
    payer,
    debtor: null,
    locale: null,
  }
}

const linksTo = (landing_url: string | null): Links => ({
  online_payment_begin: link,
  online_payment_landing: { ...link, url: landing_url },
  offline_payment: link,
  receipt: link,
  notify: null,
  update: { url: null, last_check_at: null, next_check_at: null, method: 'GET' },
  confirm: null,
  cancel: null,
})
