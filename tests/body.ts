import { randomUUID } from 'node:crypto'
import { addressesOf } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import type { TestStack } from '#tests/stack'
import { openUpstream } from '#tests/upstream'

/** A public body and its digital service, as an application names them. */
export interface Body {
  readonly tenant_id: string
  readonly service_id: string
}

/**
 * Configures a body of the test's own at the sandbox intermediary; with a secret that is not the intermediary's, its
 * notifications are refused.
 */
export async function configureBody(
  stack: TestStack,
  { notifySecret }: { readonly notifySecret?: string } = {},
): Promise<Body> {
  const { dataDir, portBase } = stack
  const secrets = secretsOf(dataDir)
  const body = { tenant_id: randomUUID(), service_id: randomUUID() }
  const row = {
    connector: 'examplepay',
    tenant_id: body.tenant_id,
    active: true,
    version: 1,
    updated_at: '2026-01-15T10:00:00+01:00',
  }
  const tenant = {
    ...row,
    id: `examplepay/${body.tenant_id}`,
    config: JSON.stringify({
      base_url: addressesOf(portBase).examplepay,
      api_key: secrets.examplepayKey,
      notify_secret: notifySecret ?? secrets.notifySecret,
    }),
  }
  const service = {
    ...row,
    id: `examplepay/${body.service_id}`,
    service_id: body.service_id,
    config: JSON.stringify({ due_type: 'CANONE' }),
  }
  const upstream = await openUpstream(stack)
  try {
    for (const [topic, value] of [
      ['payment.tenants', tenant],
      ['payment.services', service],
    ] as const) {
      await upstream.bytes(topic, value.id, await upstream.encode(topic, value))
    }
  } finally {
    await upstream.close()
  }
  return body
}
