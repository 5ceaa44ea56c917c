import type { MetricObject } from 'prom-client'
import { edgeMetrics } from '#apps/debit-edge/edge-metrics'
import { newNumbers } from '#apps/ksql-standin/numbers'
import { exportUndecided } from '#apps/operations/undecided'
import { newRefusedPages } from '#apps/payment-proxy/refused-pages'
import { pollerMetrics } from '#apps/payments-poller/poller-metrics'
import { exportProblems } from '#apps/platform/problem-count'
import { processMetrics } from '#apps/platform/process-metrics'
import { countingShell } from '#apps/platform/request-shell'
import { countExports } from '#apps/worker/exports-made'
import { countNotifications } from '#apps/worker/notifications-told'
import { countPaymentsCreated } from '#apps/worker/payments-created'
import { startSweeping } from '#apps/worker/sweeping'
import { countTenantPayments } from '#apps/worker/tenant-payments'
import { exportLag } from '#core/lag'
import { newMetrics } from '#core/metrics'
import { exportUnitStates } from '#core/unit-states'

/** What a series of a metric is told apart by. */
export type OwnMetrics = ReadonlyMap<
  string,
  { readonly type: string; readonly labels: readonly string[] }
>

/** Every metric that some process of ours has, by name, as its code declares it: none of them needs to run. */
export function ownMetrics(): OwnMetrics {
  const metrics = newMetrics()
  const { registry } = metrics
  exportLag(registry, { ends: async () => [] }, new Map())
  exportUnitStates(registry, () => [])
  exportProblems(registry, 'example', async () => [])
  exportUndecided(registry, [], () => undefined)
  countingShell('example', metrics)
  countPaymentsCreated(metrics)
  countNotifications(metrics)
  countExports(metrics)
  countTenantPayments(metrics, { named: [], countMax: 1 })
  pollerMetrics(metrics)
  newNumbers(metrics, () => 0)
  edgeMetrics(metrics, () => 0)
  newRefusedPages(metrics)
  void sweepingNever(metrics).close()
  const declared = [...registry.getMetricsAsArray(), ...processMetrics().getMetricsAsArray()]
  return new Map(
    declared.map((metric) => [metric.name, { type: typeOf(metric), labels: labelsOf(metric) }]),
  )
}

const sweepingNever = (metrics: ReturnType<typeof newMetrics>) =>
  startSweeping({
    everyMs: 1,
    isOurs: () => false,
    sweep: () => Promise.reject(new Error('nothing is swept')),
    metrics,
    log: { warn: () => undefined },
    pause: async () => undefined,
  })

// What the library keeps of a metric, and does not declare.
type Kept = MetricObject & { readonly labelNames?: readonly string[] }

const labelsOf = (metric: Kept): readonly string[] => metric.labelNames ?? ['unit']

// Its classes say what they are, the objects do not.
const typeOf = (metric: object): string => {
  const { type } = metric as { readonly type?: unknown }
  return typeof type === 'string' ? type : metric.constructor.name.toLowerCase()
}
