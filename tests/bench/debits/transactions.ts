import { authoriser } from '#apps/debit-edge/asking/watch-owners'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'

/** What the authoriser's transactions came to since its process began. */
export interface Transactions {
  readonly count: number
  /** From the beginning of each to its commit. */
  readonly seconds: number
  /** Records of its input that they were about. */
  readonly records: number
}

const none: Transactions = { count: 0, seconds: 0, records: 0 }

/** Reads them in the metrics of a worker. */
export function transactionsIn(metrics: string): Transactions {
  const numberOf = (name: string, labels: string) => {
    const line = metrics.split('\n').find((each) => each.startsWith(`${name}{${labels}}`))
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')))
  }
  const unit = `unit="${authoriser}"`
  return {
    count: numberOf('corrente_commit_seconds_count', unit),
    seconds: numberOf('corrente_commit_seconds_sum', unit),
    records: numberOf('corrente_records_total', `${unit},outcome="done"`),
  }
}

/** Asks the worker; nothing is known of one that does not answer. */
export async function transactionsOf({
  addresses,
}: Pick<PaymentsBench['platform'], 'addresses'>): Promise<Transactions> {
  const answer = await fetch(`${addresses.worker}/metrics`).catch(() => undefined)
  return answer ? transactionsIn(await answer.text()) : none
}

/** What lies between two looks, in words. */
export function toldBetween(before: Transactions, after: Transactions): string {
  const count = after.count - before.count
  if (count <= 0) return 'no transactions were told'
  const records = (after.records - before.records) / count
  const ms = (1_000 * (after.seconds - before.seconds)) / count
  return `${count} transactions of ${records.toFixed(1)} records and ${ms.toFixed(1)} ms each`
}
