import type { Desk } from '#apps/payment-proxy/desk'
import { type PaymentTables, servedWith } from '#apps/payment-proxy/find-payment'
import { RejectedError } from '#core/errors'
import type { Configuration, Notification } from '#ports/intermediary'

/** Anybody may have a body held against every secret there is; a longer one is not, bytes. */
const bytesMax = 16 * 1024

/**
 * Whether the secret of any tenant of the connector verifies a notification that names no payment of ours. The
 * tables are as they are: bring them up to date before.
 */
export function isVerified(
  { tables, connector }: Pick<Desk, 'tables' | 'connector'>,
  notification: Notification,
): boolean {
  if (Buffer.byteLength(notification.body) > bytesMax) return false
  const isReadWith = (configuration: Configuration): boolean => {
    try {
      return connector.connect(configuration).readNotification?.(notification) !== undefined
    } catch (error) {
      if (error instanceof RejectedError) return false
      throw error
    }
  }
  return configurationsOf(tables, connector.name).some(isReadWith)
}

/** One configuration of each tenant: the secret is the tenant's, whatever the service. */
function configurationsOf(tables: PaymentTables, connector: string): Configuration[] {
  const byTenant = new Map<unknown, Configuration>()
  for (const { value } of tables.services.where('connector', connector)) {
    const { service_id, tenant_id } = value as { service_id: string; tenant_id: string }
    if (byTenant.has(tenant_id)) continue
    const configuration = servedWith(tables, connector, { service_id, tenant_id })
    if (configuration) byTenant.set(tenant_id, configuration)
  }
  return [...byTenant.values()]
}
