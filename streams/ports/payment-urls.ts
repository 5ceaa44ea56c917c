import type { Addresses } from '#ports/intermediary'
import type { PaymentFactLinks } from '#schemas/generated/types'

/** Where a payment is served: what the intermediary is told, and what goes into the payment's `links`. */
export interface PaymentUrls {
  readonly addresses: Addresses
  readonly links: PaymentFactLinks
}

/** The addresses of one payment at the payment proxy of a connector. Pure. */
export type UrlsOf = (connector: string, payment_id: string) => PaymentUrls
