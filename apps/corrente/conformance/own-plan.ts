import { randomUUID } from 'node:crypto'
import { tokenFor } from '#apps/corrente/configure'
import type { Plan } from '#apps/corrente/conformance/plan'
import { sandboxAccess } from '#apps/corrente/conformance/sandbox-access'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import type { DemoIntermediary } from '#apps/corrente/demo-intermediaries'
import { secretsOf } from '#apps/corrente/secrets'

/** How our own proxy of an embedded installation is tried out: a new body and service, at the sandbox of one intermediary. */
export async function ownPlan(
  installation: Pick<Installation, 'dataDir' | 'portBase'>,
  { name, forms: formsAt }: DemoIntermediary,
  { amount, patienceMs, settleMs }: Pick<Plan, 'amount' | 'patienceMs' | 'settleMs'>,
): Promise<Plan> {
  const [tenant_id, service_id] = [randomUUID(), randomUUID()]
  const { paymentProxy, core } = addressesOf(installation.portBase)
  const forms = formsAt(installation)
  const tenant = { ...forms.tenant, id: tenant_id }
  const service = { ...forms.service, id: service_id, tenant_id }
  return {
    proxy: `${paymentProxy}/${name}`,
    tenant,
    service,
    token: await tokenFor(tenant_id, secretsOf(installation.dataDir).tokenSecret),
    origin: core,
    landingPage: `${core}/it/pratiche/{id}/detail`,
    amount,
    patienceMs,
    settleMs,
    intermediary: sandboxAccess(name, { tenant, service }),
  }
}
