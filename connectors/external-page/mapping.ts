import { askedBy } from '#connectors/external-page/page-url'
import { RejectedError } from '#core/errors'
import { formatCents, parseCents } from '#schemas/values/cents'
import type { PageStatus } from '#connectors/external-page/client'
import type { Page } from '#connectors/external-page/config'
import type { Filling } from '#connectors/external-page/page-url'
import type {
  DebtPosition,
  OnlinePayment,
  ReportedSettlement,
  Settlement,
} from '#ports/intermediary'
import type { Payment } from '#schemas/generated/types'

/** What a payment asks of the page: nothing of the payer, nothing from the clock, no addresses. */
export interface PageRequest {
  readonly iud: string
  readonly amount: string
  readonly currency: string
  readonly due_type: string | null
  readonly description: string | null
  readonly expire_at: string | null
}

/** What an address says of an online payment: nobody is named in it. */
export type PagePayment = Pick<
  OnlinePayment,
  'iud' | 'amount' | 'currency' | 'expire_at' | 'addresses'
>

/** When an address was made, and what makes it another than all before. */
export interface Moment {
  readonly now: Date
  readonly nonce: string
}

/**
 * The payment as a page can be asked for it, members in a fixed order. The shares of a split, who owes and why stay
 * behind: the page takes one sum from whoever comes. Throws RejectedError: stamp-, type-, document-, currency-,
 * receiver- and due-type-unsupported, amount-missing.
 */
export const toPageRequest = (payment: Payment, page: Page): PageRequest => {
  refuseUnsupported(payment, page)
  const { iud, amount, currency, expire_at } = payment.payment
  return {
    iud,
    amount: formatCents(payableCents(amount)),
    currency,
    due_type: page.due_type ?? null,
    description: page.description ?? null,
    expire_at,
  }
}

// Left behind, each of these would pay another person, or be another debt before the law.
const refuseUnsupported = ({ payment }: Payment, page: Page): void => {
  const { type, document, currency, receiver, due_type } = payment
  const unsupported = {
    'stamp-unsupported': type === 'STAMP',
    'type-unsupported': type !== null && type !== 'PAGOPA',
    'document-unsupported': document !== null,
    'currency-unsupported': currency !== 'EUR',
    'receiver-unsupported': receiver !== null,
    // The page is told the type of the service: what it is told at the payer's click knows no other.
    'due-type-unsupported':
      due_type !== null && due_type !== page.due_type && askedBy(page.url).has('due_type'),
  }
  for (const [code, isAsked] of Object.entries(unsupported)) {
    if (isAsked) throw new RejectedError(code, 'the page cannot be asked for it')
  }
}

const payableCents = (amount: number | null): number => {
  if (amount !== null && amount > 0) return amount
  throw new RejectedError('amount-missing', 'the page is asked only for amounts above zero')
}

/** There is no debt until somebody comes to pay: nothing to open, and no number to pay by elsewhere. */
export const unnumbered: DebtPosition = { notice_code: null, iuv: null }

/**
 * What goes into the address of the page. Throws RejectedError: amount-missing, currency-unsupported, and
 * addresses-missing where nobody could come back.
 */
export const toFilling = (payment: PagePayment, page: Page, moment: Moment): Filling => {
  const { iud, currency, expire_at, addresses } = payment
  const cents = payableCents(payment.amount)
  if (currency !== 'EUR') {
    throw new RejectedError('currency-unsupported', 'the page cannot be asked for it')
  }
  if (addresses === null) {
    throw new RejectedError('addresses-missing', 'the payment does not begin at our proxy')
  }
  return {
    iud,
    amount: formatCents(cents),
    cents: String(cents),
    currency,
    due_type: page.due_type ?? '',
    description: page.description ?? '',
    expire_at: expire_at ?? '',
    landing: addresses.landing,
    notify: addresses.notify,
    ...toMoment(moment),
  }
}

/** What goes into the address that tells a state. */
export const toStatusFilling = (iud: string, moment: Moment): Filling => ({
  iud,
  ...toMoment(moment),
})

const toMoment = ({ now, nonce }: Moment) => ({
  time: String(Math.floor(now.getTime() / 1_000)),
  nonce,
})

/**
 * The word on the money. Only PAID is one: CANCELLED, REFUSED and EXPIRED end an attempt, and the payer may begin
 * another; a word nobody knows means "not finished", and so does a payment the page has not heard of. Throws
 * RejectedError('other-currency') where money came that is not in euros: no sum of ours says how much it is.
 */
export const toSettlement = (told: PageStatus | undefined): Settlement => {
  if (told?.state !== 'PAID') return { state: 'pending' }
  // The schema lets PAID through only with its time, its amount and its currency.
  const { paid_at, amount, currency, transaction_id } = told
  if (currency !== 'EUR') {
    throw new RejectedError('other-currency', 'the page tells of money that is not in euros')
  }
  return {
    state: 'settled',
    transaction_id: transaction_id ?? null,
    paid_at: paid_at as string,
    amount: parseCents(amount),
  }
}

/** What a callback says, and of which payment. */
export const toReportedSettlement = (told: PageStatus): ReportedSettlement => ({
  iud: told.iud,
  settlement: toSettlement(told),
})
