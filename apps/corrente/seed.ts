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

/** The two forms an administrator fills in. */
export interface Forms {
  readonly tenant: object
  readonly service: object
}

type Place = Pick<Installation, 'dataDir' | 'portBase'>

/**
 * Configures a body and its digital service at the sandbox of examplepay; harmless when repeated; by `notifySecret` the
 * intermediary's notifications are told from others. Throws as `configured` does.
 */
export async function seed(
  place: Place,
  body: Body = demoBody,
  notifySecret = secretsOf(place.dataDir).notifySecret,
): Promise<void> {
  const forms = configurationsOf(place, body, notifySecret)
  await configured(place, { connector: 'examplepay', ...body }, forms)
}

/**
 * Configures a body and its digital service at an intermediary, over HTTP as an administrator's browser does. Resolves
 * once payments are taken. Throws a sentence where they are not after a minute.
 */
export async function configured(
  { dataDir, portBase }: Place,
  { connector, tenant_id, service_id }: Body & { readonly connector: string },
  { tenant, service }: Forms,
): Promise<void> {
  const token = await tokenFor(tenant_id, secretsOf(dataDir).tokenSecret)
  const base = `${addressesOf(portBase).paymentProxy}/${connector}`
  await configureAt(`${base}/tenants/${tenant_id}`, token, tenant)
  await configureAt(`${base}/services/${service_id}`, token, service)
}

/** What is typed for a fictional body at any intermediary. */
export const tenantBasics = {
  name: 'Comune di Bugliano',
  IPA_code: 'c_bugliano',
  tax_identification_number: '00000000000',
  allowed_hosts: ['127.0.0.1'],
  active: true,
}

/** What an administrator types for a fictional body and its service at the sandbox of examplepay. */
export function configurationsOf(
  { dataDir, portBase }: Place,
  { tenant_id }: Pick<Body, 'tenant_id'>,
  notifySecret = secretsOf(dataDir).notifySecret,
) {
  const { examplepay } = addressesOf(portBase)
  const { examplepayKey } = secretsOf(dataDir)
  const tenant = {
    ...tenantBasics,
    base_url: examplepay,
    api_key: examplepayKey,
    notify_secret: notifySecret,
  }
  return { tenant, service: { tenant_id, due_type: 'CANONE', active: true } }
}
