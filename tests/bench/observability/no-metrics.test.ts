import { expect, it } from 'vitest'
import { newMetrics } from '#core/metrics'
import { noMetrics } from '#tests/bench/observability/no-metrics'

const count = async (metrics: ReturnType<typeof newMetrics>) => {
  metrics.records.inc({ unit: 'echo', outcome: 'done' })
  metrics.recordSeconds.of('echo').observe(1)
  metrics.commitSeconds.observe({ unit: 'echo' }, 1)
  return metrics.registry.metrics()
}

it('numbers that are off keep nothing', async () => {
  expect(await count(newMetrics())).toContain('unit="echo"')
  expect(await count(noMetrics())).not.toContain('unit="echo"')
})
