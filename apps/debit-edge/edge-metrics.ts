import { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '#core/metrics'

/** The edge's numbers. Labels are routes, types and response codes. */
export function edgeMetrics({ registry }: Pick<Metrics, 'registry'>, open: () => number) {
  const registers = [registry]
  new Gauge({
    name: 'corrente_debit_open_requests',
    help: 'Requests that wait for their decision',
    registers,
    collect() {
      this.set(open())
    },
  })
  return {
    requests: new Counter({
      name: 'corrente_debit_requests_total',
      help: 'Requests answered, by route and response code (DE 39)',
      labelNames: ['route', 'code'] as const,
      registers,
    }),
    seconds: new Histogram({
      name: 'corrente_debit_request_seconds',
      help: 'From a request being read to its answer',
      labelNames: ['route'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5],
      registers,
    }),
    late: new Counter({
      name: 'corrente_debit_late_total',
      help: 'Requests whose decision came too late, by type: what can be undone is given back',
      labelNames: ['type'] as const,
      registers,
    }),
  }
}
export type EdgeMetrics = ReturnType<typeof edgeMetrics>
