import { configured, tenantBasics } from '#apps/corrente/seed'
import { addressesOf } from '#apps/corrente/demo-apps'
import { portsOf } from '#apps/corrente/place'
import { bodyAtMypay, type DelayedMypay } from '#tests/bench/connectors/mypay-body'
import { startNode } from '#tests/bench/engine/engine-side'
import { idOf, tenant_id } from '#tests/bench/payments/bench-payments'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { Platform } from '#tests/bench/payments/platform'
import { createdPerSecond } from '#tests/bench/payments/sustained'
import { withCreations } from '#tests/bench/payments/with-creations'
import type { RowPlan } from '#tests/bench/row'

const callMs = 20

const plan: RowPlan = {
  id: 'create.rate.soap',
  what: 'sustained, one worker, one digital service at MyPay’s sandbox, 20 ms before it, order kept',
  unit: '/s',
  bar: { of: 'ours', is: 'at least', value: 150 },
}

/** Payments of MyPay, over SOAP, all at once. */
export const soapRate: PaymentsGroup = {
  rows: [plan],
  sizes: ['applications'],
  measure: (bench) =>
    withCreations(bench, startMypay, async (creations) => {
      const service_id = idOf('service', 0)
      await configureAtMypay(bench.platform, service_id)
      const perSecond = await createdPerSecond(bench, service_id, creations)
      return new Map([[plan.id, { ours: perSecond }]])
    }),
}

async function startMypay({ portBase }: Platform) {
  const spec: DelayedMypay = { port: portsOf(portBase).mypay, delayMs: callMs }
  const started = startNode('../connectors/mypay-process.ts', { MYPAY: JSON.stringify(spec) })
  await started.printed('listening')
  return started
}

async function configureAtMypay({ folder: dataDir, portBase }: Platform, service_id: string) {
  const { tenant, service } = bodyAtMypay(addressesOf(portBase).mypay)
  await configured(
    { dataDir, portBase },
    { connector: 'mypay', tenant_id, service_id },
    {
      tenant: { ...tenantBasics, ...tenant },
      service: { ...service, tenant_id, active: true },
    },
  )
}
