import type { Payment } from '#schemas/generated/types'
import { formatDateTime } from '#schemas/values/date-time'
import { collectionData } from '#tests/bench/connectors/mypay-body'
import { idOf, paymentOf } from '#tests/bench/payments/bench-payments'

const day = 24 * 3_600_000

/** So many payments, each to be opened: another iud, another minute of its deadline. */
export const trialPayments = (count: number): readonly Payment[] =>
  Array.from({ length: count }, (_, n) => {
    const payment = paymentOf(n, { service_id: idOf('service', 0), status: 'CREATION_PENDING' })
    const expire_at = formatDateTime(new Date(Date.now() + 90 * day + n * 60_000))
    const details = { ...payment.payment, expire_at, pagopa_category: collectionData }
    return { ...payment, payment: details }
  })

/** Where nobody comes back to, and nobody is notified. */
export const nowhere = { landing: 'http://127.0.0.1:9/', notify: 'http://127.0.0.1:9/' }
