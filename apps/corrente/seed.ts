import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import { seedEdge } from '#apps/platform/edges'
import type { PlatformSettings } from '#apps/platform/settings'
import { openPublisher, type Publisher } from '#core/publisher'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'

/** Configures the fictional body and its digital service at the sandbox intermediary; harmless when repeated. */
export async function seed(
  { kafka, wire: settings }: PlatformSettings,
  place: Pick<Installation, 'dataDir' | 'portBase'>,
): Promise<void> {
  const wire = newWire(settings)
  await wire.prepareWrite(seedEdge.outputs)
  const publisher = await openPublisher(kafka, wire, `corrente:${appVersion}`)
  await configure(publisher, place).finally(() => publisher.close())
}

async function configure(
  publisher: Publisher,
  { dataDir, portBase }: Pick<Installation, 'dataDir' | 'portBase'>,
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
