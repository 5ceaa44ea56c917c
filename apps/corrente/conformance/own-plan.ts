import { randomUUID } from 'node:crypto'
import { tokenFor } from '#apps/corrente/configure'
import { examplepayAccess } from '#apps/corrente/conformance/examplepay-access'
import type { Plan } from '#apps/corrente/conformance/plan'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import { configurationsOf } from '#apps/corrente/seed'

/** How our own proxy of an embedded installation is tried out: a new body and service, at the sandbox of examplepay. */
export async function ownPlan(
  installation: Pick<Installation, 'dataDir' | 'portBase'>,
  { amount, patienceMs, settleMs }: Pick<Plan, 'amount' | 'patienceMs' | 'settleMs'>,
): Promise<Plan> {
  const [tenant_id, service_id] = [randomUUID(), randomUUID()]
  const { paymentProxy, core } = addressesOf(installation.portBase)
  const forms = configurationsOf(installation, { tenant_id })
  return {
    proxy: `${paymentProxy}/examplepay`,
    tenant: { ...forms.tenant, id: tenant_id },
    service: { ...forms.service, id: service_id },
    token: await tokenFor(tenant_id, secretsOf(installation.dataDir).tokenSecret),
    origin: core,
    landingPage: `${core}/it/pratiche/{id}/detail`,
    amount,
    patienceMs,
    settleMs,
    intermediary: examplepayAccess(forms),
  }
}
