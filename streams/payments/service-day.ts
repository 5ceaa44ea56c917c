import type { Contribution, ServiceDay } from '#schemas/generated/types'
import { paymentLifecycle } from '#streams/payments/payment-lifecycle'

type Sums = Record<string, number>

const columnsOf = (status: string) => {
  const name = status.toLowerCase()
  return { count: `${name}_count`, amount: `${name}_amount_minor` }
}

const noSums: Sums = Object.fromEntries(
  Object.keys(paymentLifecycle).flatMap((status) => {
    const { count, amount } = columnsOf(status)
    return [
      [count, 0],
      [amount, 0],
    ]
  }),
)

/** A digital service and day on which nothing was created. */
export const emptyDay = (of: Pick<ServiceDay, 'tenant_id' | 'service_id' | 'day'>): ServiceDay =>
  ({ ...of, currency: 'EUR', payments_count: 0, amount_minor: 0, ...noSums }) as ServiceDay

/** The row with the contribution added (`sign` 1) or taken away (-1). Whole cents, exact. */
export function addTo(row: ServiceDay, { status, amount }: Contribution, sign: 1 | -1): ServiceDay {
  const columns = columnsOf(status)
  const sums = row as unknown as Readonly<Sums>
  const cents = sign * (amount ?? 0)
  return {
    ...row,
    payments_count: row.payments_count + sign,
    amount_minor: row.amount_minor + cents,
    [columns.count]: sums[columns.count]! + sign,
    [columns.amount]: sums[columns.amount]! + cents,
  }
}
