import { configurationsOf, configured, seed } from '#apps/corrente/seed'
import type { Application } from '#schemas/generated/types'
import { applicationOf, idOf, tenant_id } from '#tests/bench/payments/bench-payments'
import type { Platform } from '#tests/bench/payments/platform'

/** Digital services of each body. */
const services = 6

const other = { tenant_id: 'd0000000-0000-4000-8000-000000000002', firstService: 100 }

/** Whether the n-th application is of the body whose intermediary always answers: every second is. */
export const isOfLiving = (n: number): boolean => n % 2 === 0

/** The n-th application, of either body in turn and of all their services. */
export function applicationOfEither(n: number): Application {
  const service = Math.floor(n / 2) % services
  if (isOfLiving(n)) return applicationOf(n, idOf('service', service))
  const application = applicationOf(n, idOf('service', other.firstService + service))
  return { ...application, tenant_id: other.tenant_id }
}

/** Configures both bodies: the one at the intermediary of the bench, the other at one at this port. */
export async function configureBodies(
  { folder: dataDir, portBase }: Platform,
  otherPort: number,
): Promise<void> {
  const place = { dataDir, portBase }
  const { tenant, service } = configurationsOf(place, other)
  const forms = { tenant: { ...tenant, base_url: `http://127.0.0.1:${otherPort}` }, service }
  for (let n = 0; n < services; n++) {
    await seed(place, { tenant_id, service_id: idOf('service', n) })
    const service_id = idOf('service', other.firstService + n)
    await configured(
      place,
      { connector: 'examplepay', tenant_id: other.tenant_id, service_id },
      forms,
    )
  }
}
