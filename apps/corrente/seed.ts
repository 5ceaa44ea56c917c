import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { configureAt, tokenFor } from '#apps/corrente/configure'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'

/** A public body and one of its digital services. */
export interface Body {
  readonly tenant_id: string
  readonly service_id: string
}

/** The fictional body whose applications the demonstration tells of. */
const demoBody: Body = { tenant_id: demoTenant, service_id: demoService }

/**
 * Configures a body and its digital service at the sandbox intermediary, over HTTP as an administrator's browser does;
 * harmless when repeated; by `notifySecret` the intermediary's notifications are told from others. Resolves once payments are taken. Throws a sentence where they are not after a minute.
 */
export async function seed(
  { dataDir, portBase }: Pick<Installation, 'dataDir' | 'portBase'>,
  { tenant_id, service_id }: Body = demoBody,
  notifySecret = secretsOf(dataDir).notifySecret,
): Promise<void> {
  const { tokenSecret } = secretsOf(dataDir)
  const { paymentProxy } = addressesOf(portBase)
  const token = await tokenFor(tenant_id, tokenSecret)
  const put = (path: string, body: object) =>
    configureAt(`${paymentProxy}/examplepay/${path}`, token, body)
  const body = { tenant_id, service_id }
  const { tenant, service } = configurationsOf({ dataDir, portBase }, body, notifySecret)
  await put(`tenants/${tenant_id}`, tenant)
  await put(`services/${service_id}`, service)
}

/** What an administrator types for a fictional body and its service at the sandbox intermediary. */
export function configurationsOf(
  { dataDir, portBase }: Pick<Installation, 'dataDir' | 'portBase'>,
  { tenant_id }: Pick<Body, 'tenant_id'>,
  notifySecret = secretsOf(dataDir).notifySecret,
) {
  const { examplepay } = addressesOf(portBase)
  const { examplepayKey } = secretsOf(dataDir)
  const tenant = {
    name: 'Comune di Bugliano',
    IPA_code: 'c_bugliano',
    tax_identification_number: '00000000000',
    allowed_hosts: ['127.0.0.1'],
    base_url: examplepay,
    api_key: examplepayKey,
    notify_secret: notifySecret,
    active: true,
  }
  return { tenant, service: { tenant_id, due_type: 'CANONE', active: true } }
}
