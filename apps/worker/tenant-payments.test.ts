import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { countTenantPayments, type TenantLabels } from '#apps/worker/tenant-payments'
import { newMetrics } from '#core/metrics'
import type { Emission } from '#core/processor'
import { contributionsOf } from '#streams/payments/payment-contributions'

const tenantNumber = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [comune, unione] = [tenantNumber(1), tenantNumber(2)]
const counted = (tenant_id: string, status: string, day = '2026-01-15') => ({
  ...{ tenant_id, day, status },
  service_id: '6f2c9a1e-4b7d-4c3a-9e58-1d2f3a4b5c6d',
  amount: 4_250,
})
const payment = '7a3d0b2f-4b7d-4c3a-9e58-1d2f3a4b5c6d'
type Counted = ReturnType<typeof counted>
const told = (now: Counted, before?: Counted): readonly Emission[] =>
  contributionsOf(payment, before, now)

function scene(labels: TenantLabels = { named: [], countMax: 100 }) {
  const metrics = newMetrics()
  const count = countTenantPayments(metrics, labels)
  const found = async () => {
    const { values } = await metrics.registry
      .getSingleMetric('corrente_tenant_payments_total')!
      .get()
    return values.map(({ labels, value }) => [labels['tenant'], labels['status'], value])
  }
  const index = (emissions: readonly Emission[]) =>
    count({ unit: 'payment-index', value: {}, emissions })
  return { index, found, metrics }
}

describe('payments of a tenant', () => {
  it('are counted by each state they reach', async () => {
    const { index, found } = scene()
    index(told(counted(comune, 'CREATION_PENDING')))
    index(told(counted(comune, 'PAYMENT_PENDING'), counted(comune, 'CREATION_PENDING')))
    index(told(counted(unione, 'PAYMENT_PENDING')))
    expect(await found()).toEqual([
      [comune, 'CREATION_PENDING', 1],
      [comune, 'PAYMENT_PENDING', 1],
      [unione, 'PAYMENT_PENDING', 1],
    ])
  })

  it('are not counted again where they change without reaching another state', async () => {
    const { index, found } = scene()
    const pending = counted(comune, 'PAYMENT_PENDING')
    index(told({ ...pending, amount: 5_000 }, pending))
    index(told({ ...pending, day: '2026-01-16' }, pending))
    index([])
    expect(await found()).toEqual([])
  })

  it('of a tenant that is named have their own series, whoever came before', async () => {
    const { index, found } = scene({ named: [unione], countMax: 1 })
    index(told(counted(comune, 'COMPLETE')))
    index(told(counted(unione, 'COMPLETE')))
    expect(await found()).toEqual([
      ['other', 'COMPLETE', 1],
      [unione, 'COMPLETE', 1],
    ])
  })

  it('of a tenant whose id is none are counted under other', async () => {
    const { index, found } = scene()
    index(told(counted('Mario Rossi', 'COMPLETE')))
    expect(await found()).toEqual([['other', 'COMPLETE', 1]])
  })

  it('of 100,000 tenants are 101 series, and take no more memory than those', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const heapBytes = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    const { index, found, metrics } = scene()
    const flood = (from: number, count: number) => {
      for (let n = from; n < from + count; n++) index(told(counted(tenantNumber(n), 'COMPLETE')))
    }
    flood(0, 1_000)
    const [exposed, before] = [(await metrics.registry.metrics()).length, heapBytes()]
    flood(1_000, 99_000)
    // A hundred thousand series would be 30 MB.
    await expect.poll(() => heapBytes() - before).toBeLessThan(5_000_000)
    const series = await found()
    expect(series).toHaveLength(101)
    expect(series.find(([tenant]) => tenant === 'other')).toEqual(['other', 'COMPLETE', 99_900])
    // But for the digits of the counts, Prometheus is told no more than before.
    expect((await metrics.registry.metrics()).length).toBeLessThan(exposed + 20)
  })
})
