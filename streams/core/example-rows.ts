import { jsonWire, paymentId, tenants } from '#core/example-unit'
import type { Change, Row } from '#core/rows'

/** A row of a table for the engine's own tests. */
export const tenantOf = (id: string, connector: string, config = '{}') => ({
  id,
  connector,
  tenant_id: paymentId,
  active: true,
  version: 1,
  updated_at: '2026-01-15T10:00:00+01:00',
  config,
})

/** What a record does that writes it. */
export function wrote(value: ReturnType<typeof tenantOf>, version = '0:1') {
  const bytes = jsonWire.encode(tenants, value)
  const story = { 'correlation-id': `story of ${value.id.slice(0, 9)}` }
  const decoded = jsonWire.decode(tenants, bytes, value.id) as { readonly value: Row['value'] }
  return { key: value.id, row: { value: decoded.value, version, story }, bytes } satisfies Change
}

/** What a record does that takes a row away. */
export const took = (key: string): Change => ({ key, row: undefined })
