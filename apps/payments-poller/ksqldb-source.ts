import { z } from 'zod'
import { Backlogs } from '#apps/payments-poller/backlogs'
import { TransientError } from '#core/errors'
import type { OpenPayments } from '#ports/open-payments'

/**
 * A pull query on a table, row by row, its columns in the order of the query. Throws where the table is not ready:
 * an empty answer while it loads is not "no row".
 */
export type PullQuery = (sql: string) => AsyncIterable<readonly unknown[]>

const Columns = z
  .tuple([
    z.string(),
    z.string().nullable(),
    z.string(),
    z.string().nullable(),
    z.int(),
    z.int().nullable(),
  ])
  .transform(([id, connector, url, method, next_check_at_ms, expire_at_ms]) => ({
    id,
    connector: connector ?? 'unknown',
    url,
    method: method ?? '',
    next_check_at_ms,
    expire_at_ms,
  }))

/** The question for what is due; comparisons only, since a pull query takes neither IS NULL nor NOT. */
export const dueQuery = (nowMs: number): string =>
  'SELECT id, connector, update_url, update_method, next_check_at_ms, expire_at_ms FROM open_payments ' +
  `WHERE next_check_at_ms <= ${Math.floor(nowMs)} AND update_url <> '';`

/** The open payments out of ksqlDB's table of them. */
export const ksqldbSource = (pull: PullQuery): OpenPayments => ({
  async due(nowMs, wanted) {
    const backlogs = new Backlogs(nowMs, wanted)
    for await (const row of pull(dueQuery(nowMs))) {
      const columns = Columns.safeParse(row)
      if (!columns.success)
        throw new TransientError('ksqlDB answered with other columns than asked')
      backlogs.add(columns.data)
    }
    return backlogs.list()
  },
})
