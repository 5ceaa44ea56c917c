import { secretsIn } from '#ports/configuration-form'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationCommand, KeptConfiguration } from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'
import { isSealed } from '#schemas/values/sealed'
import {
  type ValidConfig,
  validateConfiguration,
  wholeForm,
} from '#streams/payments/validate-configuration'

export type RefusalCode =
  | 'unknown-connector'
  | 'invalid'
  | 'secret-in-clear'
  | 'of-another-tenant'
  | 'version-differs'
  | 'configured-elsewhere'

/** A command that is taken, or why it is not. */
export type JudgedCommand =
  | { readonly code?: undefined; readonly config: ValidConfig; readonly secrets: readonly string[] }
  | { readonly code: RefusalCode; readonly message: string }

interface Known {
  /** The configuration as it is. */
  readonly kept: KeptConfiguration
  /** Those of the same body or service at other connectors. */
  readonly others: readonly KeptConfiguration[]
}

/** Whether a command can be taken as things stand. */
export function judgeCommand(
  command: ConfigurationCommand,
  connectors: readonly Pick<IntermediaryConnector, 'name' | 'forms'>[],
  { kept, others }: Known,
): JudgedCommand {
  const connector = connectors.find(({ name }) => name === command.connector)
  if (!connector) return refusal('unknown-connector', `no connector is named ${command.connector}`)
  const { level } = command
  const given = readJson(command.config)
  const { config = leftBehind(command, given), faults } = validateConfiguration(
    connector,
    level,
    given,
  )
  if (!config) {
    const [fault] = faults ?? []
    return refusal('invalid', `${fault?.pointer} ${fault?.detail}`.trim())
  }
  const strange = strangeId(command, config)
  if (strange !== undefined) return refusal('invalid', `${strange} differs from the command's`)
  const secrets = secretsIn(wholeForm(connector, level))
  const clear = secrets.find((name) => config[name] !== undefined && !isSealed(config[name]))
  if (clear !== undefined) return refusal('secret-in-clear', `/${clear} is not sealed`)
  return refusedAsThingsStand(command, { kept, others }) ?? { config, secrets }
}

/** A form may have changed since: what it no longer allows can be switched off as it is. */
const leftBehind = ({ active }: ConfigurationCommand, given: unknown): ValidConfig | undefined =>
  !active && typeof given === 'object' && given !== null ? (given as ValidConfig) : undefined

/** The id that is not the one the command is about. */
function strangeId(
  { level, subject_id, tenant_id }: ConfigurationCommand,
  config: ValidConfig,
): string | undefined {
  if (config.id !== subject_id) return '/id'
  if (level === 'TENANT') return tenant_id === subject_id ? undefined : '/id'
  return config['tenant_id'] === tenant_id ? undefined : '/tenant_id'
}

function refusedAsThingsStand(
  { level, active, tenant_id, expected_version }: ConfigurationCommand,
  { kept, others }: Known,
): JudgedCommand | undefined {
  const isKnown = kept.version > 0
  if (isKnown && kept.tenant_id !== tenant_id) {
    return refusal('of-another-tenant', 'the service is configured for another public body')
  }
  if (isKnown && kept.version !== expected_version) {
    return refusal('version-differs', `version ${kept.version} is there, not ${expected_version}`)
  }
  const elsewhere = others.find((other) => other.active && other.tenant_id === tenant_id)
  if (level === 'TENANT' || !active || !elsewhere) return undefined
  return refusal('configured-elsewhere', configuredElsewhere(elsewhere.connector))
}

/** A service has one gateway: with two, nobody could say where its payments go. */
export const configuredElsewhere = (connector: string): string =>
  `the service takes payments at ${connector}: delete that configuration before this one is made`

const refusal = (code: RefusalCode, message: string): JudgedCommand => ({ code, message })
