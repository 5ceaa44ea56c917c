import type { Lookup } from '#core/processor'
import type { Payment, ServiceConfiguration, TenantConfiguration } from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'
import { keptAnswers } from '#schemas/values/kept-answers'
import type { Configuration } from '#ports/intermediary'

export interface ConfigurationTables {
  readonly tenants: Lookup<TenantConfiguration>
  readonly services: Lookup<ServiceConfiguration>
}

/** The two rows an intermediary is reached with. */
export interface ServingConfiguration {
  readonly tenant: TenantConfiguration
  readonly service: ServiceConfiguration
}

/** The active pairs of rows under which one of the named connectors serves the payment; one where all is well. */
export const servingConfigurations = (
  { tenants, services }: ConfigurationTables,
  connectors: readonly string[],
  { tenant_id, service_id }: Pick<Payment, 'tenant_id' | 'service_id'>,
): readonly ServingConfiguration[] =>
  services.where('service_id', service_id).flatMap((service) => {
    const isOurs = service.tenant_id === tenant_id && connectors.includes(service.connector)
    if (!service.active || !isOurs) return []
    const tenant = tenants.get(`${service.connector}/${tenant_id}`)
    return tenant?.active ? [{ tenant, service }] : []
  })

const textsKept = 1_000
// The same object for the same text: a connector reads each once.
const membersOf = keptAnswers(textsKept, (text: string): unknown => readJson(text))

/** What the connector is given of the two rows. */
export const configurationOf = ({ tenant, service }: ServingConfiguration): Configuration => ({
  tenant: membersOf(tenant.config),
  service: membersOf(service.config),
})
