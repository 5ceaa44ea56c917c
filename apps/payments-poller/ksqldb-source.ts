import { z } from 'zod'
import { Backlogs } from '#apps/payments-poller/backlogs'
import { TransientError } from '#core/errors'
import type { DuePayment, OpenPayments } from '#ports/open-payments'
import type { KsqlRow, KsqlTable } from '#ports/ksqldb'
import { identifier, ksql } from '#ports/ksql-text'

/** The table, as `ksql/open_payments` declares it, and the columns that are read beside its key. */
export const openPaymentsTable = {
  table: 'open_payments',
  key: 'id',
  columns: ['connector', 'update_url', 'update_method', 'next_check_at_ms', 'expire_at_ms'],
} as const

const Instant = z.bigint().transform(Number)
const Columns = z.object({
  ID: z.string(),
  CONNECTOR: z.string().nullable(),
  UPDATE_URL: z.string().nullable(),
  UPDATE_METHOD: z.string().nullable(),
  NEXT_CHECK_AT_MS: Instant,
  EXPIRE_AT_MS: Instant.nullable(),
})

/** The open payments out of ksqlDB's table of them. Comparisons only: a pull query takes neither IS NULL nor NOT. */
export const ksqldbSource = (table: Pick<KsqlTable, 'scan'>): OpenPayments => ({
  async due(nowMs, wanted) {
    const backlogs = new Backlogs(nowMs, wanted)
    const until = Math.floor(nowMs)
    const rows = table.scan({
      where: ksql`${identifier('next_check_at_ms')} <= ${until} AND ${identifier('update_url')} <> ${''}`,
      isWanted: (row) => {
        const { url, next_check_at_ms } = read(row)
        return url !== '' && next_check_at_ms <= until
      },
    })
    for (;;) {
      const { value, done } = await rows.next()
      if (!done) backlogs.add(read(value))
      else if (value.state === 'complete') return backlogs.list()
      // Fewer rows than there are would look like nothing to do.
      else throw new TransientError(`ksqlDB may not show all rows: ${value.reason}`)
    }
  },
})

function read(row: KsqlRow): DuePayment {
  const columns = Columns.safeParse(row)
  if (!columns.success) throw new TransientError('ksqlDB has other columns than open_payments')
  const { ID, CONNECTOR, UPDATE_URL, UPDATE_METHOD, NEXT_CHECK_AT_MS, EXPIRE_AT_MS } = columns.data
  return {
    id: ID,
    connector: CONNECTOR ?? 'unknown',
    url: UPDATE_URL ?? '',
    method: UPDATE_METHOD ?? '',
    next_check_at_ms: NEXT_CHECK_AT_MS,
    expire_at_ms: EXPIRE_AT_MS,
  }
}
