import { Backlogs } from '#apps/payments-poller/backlogs'
import type { DueOrder } from '#apps/payments-poller/due-order'
import type { DuePayment, OpenPayments } from '#ports/open-payments'

/** The open payments out of this process's own copy of their table. */
export const lookupSource = (table: { follower(): Pick<DueOrder, 'dueAt'> }): OpenPayments => ({
  async due(nowMs, wanted) {
    const backlogs = new Backlogs(nowMs, wanted)
    const payments: Iterable<DuePayment> = table.follower().dueAt(nowMs)
    for (const payment of payments) backlogs.add(payment)
    return backlogs.list()
  },
})
