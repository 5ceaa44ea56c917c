import { type Emission, to, type Wake, wakeAt } from '#core/processor'
import { appVersion } from '#core/version'
import type {
  AwaitingSettlement,
  KeptPayment,
  Payment,
  PaymentAnomaly,
  PaymentDetails,
  UpdateLink,
} from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { isOpen } from '#streams/payments/payment-lifecycle'
import { factOf, samplePayment } from '#streams/payments/samples'

export const connector = 'examplepay'
export const numbers = { notice_code: '001000000012345685', iuv: '000000012345685' }
const base = 'https://example-proxy.comune.example'
const { id } = samplePayment()
export const urls = {
  online_payment_begin: `${base}/online-payment/${id}`,
  offline_payment: `${base}/notice/${id}`,
  receipt: `${base}/receipt/${id}`,
  update: `http://example-proxy.backplane.example/update/${id}`,
}
export const openedFact = factOf({ type: 'Opened', opened: { ...numbers, links: urls } })
export const money = {
  transaction_id: 'TRX-EXAMPLE-0001',
  paid_at: '2025-03-10T10:01:58+01:00',
  amount: 4250,
}

interface Changes {
  readonly details?: Partial<PaymentDetails>
  readonly update?: Partial<UpdateLink>
  readonly updated_at?: string
  readonly links?: Partial<Payment['links']>
}

/** The fictional payment in a state; all but the first have its numbers and addresses. */
export function paymentIn(
  status: Payment['status'],
  { details, update, links: moreLinks, updated_at = openedFact.occurred_at }: Changes = {},
): Payment {
  const payment = samplePayment({ status, updated_at })
  if (status === 'CREATION_PENDING' || status === 'CREATION_FAILED') return payment
  const { links } = payment
  const checks = { url: urls.update, next_check_at: '2025-03-10T09:17:02+01:00', ...update }
  return {
    ...payment,
    payment: { ...payment.payment, ...numbers, ...details },
    links: {
      ...links,
      online_payment_begin: { ...links.online_payment_begin, url: urls.online_payment_begin },
      offline_payment: { ...links.offline_payment, url: urls.offline_payment },
      receipt: { ...links.receipt, url: urls.receipt },
      update: { ...links.update, ...checks },
      ...moreLinks,
    },
  }
}

/** The payment complete with the money. */
export const complete = (paid = money): Payment =>
  paymentIn('COMPLETE', { details: paid, update: { next_check_at: null } })

/** When the checks of the fictional payment end: a day after its deadline. */
export const checksEnd = '2025-06-09T09:15:00+02:00'

/** The timer that looks at the time of the fictional payment, first when its checks end. */
export const expiryDue = (occurred_at = checksEnd): Wake =>
  wakeAt(new Date(occurred_at), { payment_id: id, occurred_at, type: 'ExpiryDue' })

/** The keeper's row of a payment. */
export const keptRow = (
  payment: Payment,
  awaiting: AwaitingSettlement | null = null,
  changes: Partial<KeptPayment> = {},
): Emission => {
  const row: KeptPayment = {
    payment_id: payment.id,
    payment,
    connector,
    awaiting,
    checks_end_at: isOpen(payment.status) ? checksEnd : null,
    expires_at: null,
    retry_payment_id: null,
    ...changes,
  }
  return to(topics.keptPayments, row)
}

/** The payment as a new version, in the name of its proxy, and its row. */
export const version = (payment: Payment): readonly Emission[] => [
  to(topics.payments, payment, { appId: `${connector}-payment-proxy:${appVersion}` }),
  keptRow(payment),
]

const nothing = { amount: null, transaction_id: null, paid_at: null }

/** An anomaly about a payment that is kept. */
export const anomalyOf = (
  payment: Payment,
  about: Pick<PaymentAnomaly, 'kind' | 'message'> & Partial<PaymentAnomaly>,
): Emission =>
  to(topics.paymentAnomalies, {
    payment_id: payment.id,
    status: payment.status,
    connector,
    tenant_id: payment.tenant_id,
    ...nothing,
    fact_event_id: openedFact.event_id,
    ...about,
  })
