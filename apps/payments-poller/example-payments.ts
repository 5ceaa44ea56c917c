import type { Backlog, DuePayment, Wanted } from '#ports/open-payments'
import { Backlogs } from '#apps/payments-poller/backlogs'
import type { OpenPayment } from '#schemas/generated/types'

/** The moment at which the tests begin. */
export const beginMs = Date.parse('2026-01-15T09:00:00Z')

export const exampleId = (n: number): string =>
  `5f0c7a52-2a0d-4c55-9a3e-${String(n).padStart(12, '0')}`

/** The nth payment: due now, its deadline in as many minutes. */
export const duePayment = (n: number, changes: Partial<DuePayment> = {}): DuePayment => ({
  id: exampleId(n),
  connector: 'examplepay',
  url: `http://127.0.0.1:9/examplepay/update/${exampleId(n)}`,
  method: 'GET',
  next_check_at_ms: beginMs,
  expire_at_ms: beginMs + n * 60_000,
  ...changes,
})

/** The row that payment has in the table of the open ones. */
export const openRow = (payment: DuePayment, changes: Partial<OpenPayment> = {}): OpenPayment => ({
  tenant_id: exampleId(0),
  service_id: exampleId(0),
  remote_id: exampleId(0),
  status: 'PAYMENT_PENDING',
  connector: payment.connector,
  created_at_ms: beginMs - 60_000,
  expire_at_ms: payment.expire_at_ms,
  last_check_at_ms: null,
  next_check_at_ms: payment.next_check_at_ms,
  update_url: payment.url,
  update_method: payment.method,
  ...changes,
})

export const all: Wanted = { dueSince: (payment) => payment.next_check_at_ms, countMax: 1_000 }

/** The payments as a source gives them. */
export function backlogsOf(
  payments: readonly DuePayment[],
  nowMs = beginMs,
  wanted = all,
): readonly Backlog[] {
  const backlogs = new Backlogs(nowMs, wanted)
  for (const payment of payments) backlogs.add(payment)
  return backlogs.list()
}
