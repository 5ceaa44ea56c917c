import { Counter, Gauge, Histogram } from 'prom-client'
import { LabelValues } from '#core/label-values'
import type { Metrics } from '#core/metrics'

/** Connectors with numbers of their own: ours are a handful, and proxies of others write what they are called. */
const connectorsMax = 30

/** The poller's numbers. */
export function pollerMetrics({ registry }: Pick<Metrics, 'registry'>) {
  const registers = [registry]
  const labelNames = ['connector'] as const
  const connectors = new LabelValues({ countMax: connectorsMax })
  return {
    /** The label of a connector: proxies of others are called as their payments say. */
    labelOf: (connector: string) => connectors.of(connector),
    calls: new Counter({
      name: 'corrente_poller_calls_total',
      help: 'Checks asked for, by what became of them: answered, failed, refused, forbidden',
      labelNames: ['connector', 'outcome'],
      registers,
    }),
    callSeconds: new Histogram({
      name: 'corrente_poller_call_seconds',
      help: 'Time until a proxy answered, or did not',
      labelNames,
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
      registers,
    }),
    lateness: new Histogram({
      name: 'corrente_poller_lateness_seconds',
      help: 'From the moment a check was due to the first call for it',
      labelNames,
      buckets: [1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400],
      registers,
    }),
    due: new Gauge({
      name: 'corrente_poller_due',
      help: 'Payments whose check is due and was not asked for yet',
      labelNames,
      registers,
    }),
    overdue: new Gauge({
      name: 'corrente_poller_overdue_seconds',
      help: 'How long the check has been due that waits longest and was not asked for yet',
      labelNames,
      registers,
    }),
    forbidden: new Counter({
      name: 'corrente_poller_forbidden_total',
      help: 'Addresses that were not called, by reason',
      labelNames: ['reason'],
      registers,
    }),
  }
}
export type PollerMetrics = ReturnType<typeof pollerMetrics>
