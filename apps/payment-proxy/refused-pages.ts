import { Counter } from 'prom-client'
import type { Metrics } from '#core/metrics'

/** Counts the pages that payers were not sent on to. */
export const newRefusedPages = ({ registry }: Pick<Metrics, 'registry'>) =>
  new Counter({
    name: 'corrente_refused_pages_total',
    help: 'Pages that payers were not sent on to, by road (online, landing) and reason',
    labelNames: ['connector', 'road', 'reason'] as const,
    registers: [registry],
  })
export type RefusedPages = ReturnType<typeof newRefusedPages>
