import type { LogAccess } from '#apps/platform/inspection/log-access'
import { partitionsIn, wholeOf } from '#apps/platform/inspection/log-access'
import type { IntermediaryConnector } from '#ports/intermediary'
import type {
  ConfigurationLevel,
  ServiceConfiguration,
  TenantConfiguration,
} from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import { serviceConfigurations, tenantConfigurations } from '#schemas/topics'
import { readJson } from '#schemas/values/json-text'
import { type Fault, validateConfiguration } from '#streams/payments/validate-configuration'

/** A configuration of a public body or a service, and whether payments can be made with it. */
export interface ConfigurationState {
  readonly level: ConfigurationLevel
  readonly connector: string
  /** Of the public body or the service. */
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly isActive: boolean
  readonly updatedAt: string
  /** `unknown`: no connector here has such a form. */
  readonly state: 'complete' | 'invalid' | 'unknown'
  /** What is wrong, values not repeated. */
  readonly faults: readonly Fault[]
}

type Row = TenantConfiguration | ServiceConfiguration

/** Holds each configuration that is there against the form of its connector, and services against their public body. */
export async function readConfigurations(
  log: LogAccess,
  connectors: readonly Pick<IntermediaryConnector, 'name' | 'forms'>[],
): Promise<readonly ConfigurationState[]> {
  const [tenants, services] = await Promise.all([
    rowsOf<TenantConfiguration>(log, tenantConfigurations),
    rowsOf<ServiceConfiguration>(log, serviceConfigurations),
  ])
  return judged(connectors, tenants, services)
}

/** The same of rows that were read. */
export function judged(
  connectors: readonly Pick<IntermediaryConnector, 'name' | 'forms'>[],
  tenants: readonly TenantConfiguration[],
  services: readonly ServiceConfiguration[],
): readonly ConfigurationState[] {
  const named = (name: string) => connectors.find((one) => one.name === name)
  const serving = new Set(tenants.filter(({ active }) => active).map(({ id }) => id))
  const ofTenants = tenants.map((row) => stateOf(named(row.connector), 'TENANT', row))
  const ofServices = services.map((row) => {
    const connector = named(row.connector)
    const state = stateOf(connector, 'SERVICE', row)
    const hasTenant = !connector?.forms.tenant || serving.has(`${row.connector}/${row.tenant_id}`)
    if (hasTenant || !row.active) return state
    const fault = {
      pointer: '/tenant_id',
      detail: 'its public body is not configured, or inactive',
    }
    return { ...state, state: 'invalid' as const, faults: [...state.faults, fault] }
  })
  return [...ofTenants, ...ofServices].toSorted(
    (one, other) =>
      one.connector.localeCompare(other.connector) || other.level.localeCompare(one.level),
  )
}

function stateOf(
  connector: Pick<IntermediaryConnector, 'forms'> | undefined,
  level: ConfigurationLevel,
  row: Row,
): ConfigurationState {
  const id = 'service_id' in row ? row.service_id : row.tenant_id
  const told = {
    level,
    connector: row.connector,
    id,
    tenant: row.tenant_id,
    version: row.version,
    isActive: row.active,
    updatedAt: row.updated_at,
  }
  const form = level === 'TENANT' ? connector?.forms.tenant : connector?.forms.service
  if (!connector || !form) return { ...told, state: 'unknown', faults: [] }
  const ids = level === 'TENANT' ? { id } : { id, tenant_id: row.tenant_id }
  const faults =
    validateConfiguration(connector, level, { ...ids, ...readJson<object>(row.config) }).faults ??
    []
  return { ...told, state: faults.length === 0 ? 'complete' : 'invalid', faults }
}

async function rowsOf<R>(log: LogAccess, topic: AnyTopic): Promise<readonly R[]> {
  const rows = new Map<string, R>()
  for await (const records of wholeOf(log, await partitionsIn(log, topic.name))) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    for (const { key, value } of records) {
      if (key === null) continue
      const row = value === null ? undefined : rowIn<R>(log, topic, value, key)
      if (row) rows.set(key, row)
      else rows.delete(key)
    }
  }
  return [...rows.values()]
}

/** One that cannot be read is no configuration; its readers say so. */
function rowIn<R>({ wire }: LogAccess, topic: AnyTopic, value: Buffer, key: string): R | undefined {
  try {
    const decoded = wire.decode(topic, value, key)
    return decoded.kind === 'value' ? (decoded.value as R) : undefined
  } catch {
    return undefined
  }
}
