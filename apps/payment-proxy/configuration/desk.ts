import type { Desk } from '#apps/payment-proxy/desk'
import type { AccessSettings } from '#apps/payment-proxy/config'
import type { ReadBearer } from '#apps/payment-proxy/configuration/bearer'
import { within } from '#apps/platform/deadline'
import type { SecretKeys } from '#apps/platform/secret-keys'
import { TransientError } from '#core/errors'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'
import type { ValidConfig } from '#streams/payments/validate-configuration'

/** Who may change configurations, and how their secrets are kept. */
export interface ConfigurationAccess extends Omit<AccessSettings, 'tokens'> {
  readonly readBearer: ReadBearer
  readonly keys: SecretKeys
}

/** One request about configurations of a level of one connector. */
export interface ConfigurationDesk extends Desk {
  readonly access: ConfigurationAccess
  readonly level: ConfigurationLevel
}

/** A configuration as it is kept: secrets sealed. */
export interface CurrentConfiguration {
  readonly config: ValidConfig
  readonly tenant_id: string
  readonly active: boolean
  readonly version: number
}

const readMsMax = 2_000

/** The row as it is, nothing brought up to date. */
export function knownConfiguration(
  { tables, connector, level }: ConfigurationDesk,
  id: string,
): CurrentConfiguration | undefined {
  const table = level === 'TENANT' ? tables.tenants : tables.services
  const row = table.get(`${connector.name}/${id}`)?.value as
    (Omit<CurrentConfiguration, 'config'> & { readonly config: string }) | undefined
  if (!row) return undefined
  const { tenant_id, active, version } = row
  // A row somebody wrote by hand may not say what it is about.
  const ids = level === 'TENANT' ? { id } : { id, tenant_id }
  return { config: { ...ids, ...readJson<object>(row.config) }, tenant_id, active, version }
}

/** The row with everything in that was written before this call. TransientError where it cannot be known. */
export async function currentConfiguration(
  desk: ConfigurationDesk,
  id: string,
): Promise<CurrentConfiguration | undefined> {
  const { tenants, services, versions } = desk.tables
  const late = () => new TransientError('the table of configurations is not up to date yet')
  const refreshed = Promise.all([tenants.refresh(), services.refresh(), versions.refresh()])
  try {
    await within(readMsMax, refreshed, late)
  } catch (error) {
    if (error instanceof TransientError) throw error
    throw new TransientError(`configurations cannot be read: ${(error as Error).message}`)
  }
  return knownConfiguration(desk, id)
}
