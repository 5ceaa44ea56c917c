import { randomUUID } from 'node:crypto'
import { normaliseApplication } from '#schemas/applications/normalise'
import { codecOf } from '#schemas/codec'
import type { Application } from '#schemas/generated/types'
import { readSample } from '#schemas/samples/sample'
import { formatDateTime } from '#schemas/values/date-time'

/** The fictional body and digital service that an embedded installation is seeded with. */
export const demoTenant = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
export const demoService = '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33'

const validityMs = 90 * 24 * 3_600_000

/**
 * A fictional citizen's application that waits to be paid, as the Core would publish it. `cents` may be magic at the
 * intermediary of the service.
 */
export function demoApplication(
  coreUrl: string,
  cents = 4_250,
  service_id = demoService,
): Application {
  const id = randomUUID()
  const now = new Date()
  const sample = codecOf('corrente.applications.Application').fromJson(
    normaliseApplication(readSample('application')),
  )
  return {
    ...sample,
    id,
    tenant_id: demoTenant,
    service_id,
    created_at: formatDateTime(now),
    payment_data: {
      amount: cents,
      reason: `Fictional fee of application ${id.slice(0, 8)}`,
      expire_at: formatDateTime(new Date(now.getTime() + validityMs)),
      split: [{ code: 'c_1', amount: cents, meta: '{}' }],
      stamps: [],
      notify: { url: `${coreUrl}/api/applications/${id}/payment`, method: 'POST' },
      landing: { url: `${coreUrl}/it/pratiche/${id}/detail`, method: 'GET' },
    },
    event_id: randomUUID(),
    event_version: '2.0',
    event_created_at: formatDateTime(now),
    app_id: 'upstream-demo:1.0.0',
  }
}
