import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import type { Publisher } from '#core/publisher'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'

/** Configures the fictional body and its digital service at the sandbox intermediary; harmless when repeated. */
export async function seed(
  publisher: Publisher,
  { dataDir, portBase }: { readonly dataDir: string; readonly portBase: number },
): Promise<void> {
  const { examplepayKey, notifySecret } = secretsOf(dataDir)
  const row = {
    connector: 'examplepay',
    tenant_id: demoTenant,
    active: true,
    version: 1,
    updated_at: formatDateTime(new Date()),
  }
  await publisher.publish(topics.tenantConfigurations, {
    ...row,
    id: `examplepay/${demoTenant}`,
    config: JSON.stringify({
      base_url: addressesOf(portBase).examplepay,
      api_key: examplepayKey,
      notify_secret: notifySecret,
    }),
  })
  await publisher.publish(topics.serviceConfigurations, {
    ...row,
    id: `examplepay/${demoService}`,
    service_id: demoService,
    config: JSON.stringify({ due_type: 'CANONE' }),
  })
}
