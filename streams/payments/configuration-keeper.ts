import { defineProcessor, to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationCommand, KeptConfiguration } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { type JudgedCommand, judgeCommand } from '#streams/payments/judge-command'
import { configurationName, masked } from '#streams/payments/masked-configuration'

/** So many refusals of one configuration are kept. */
const refusalsMax = 16

const stateKey = ({ level, subject_id }: ConfigurationCommand, connector: string) =>
  `${level}/${subject_id}/${connector}`

/**
 * The only writer of configurations: holds each command against its form, against the version it was made from,
 * and against other connectors that serve the same service. What it takes is a row, and a version kept for ever;
 * what it refuses changes nothing and is told by the id of the command.
 */
export const configurationKeeper = (connectors: readonly IntermediaryConnector[]) =>
  defineProcessor({
    name: 'configuration-keeper',
    input: topics.configurationCommands,
    outputs: [
      topics.tenantConfigurations,
      topics.serviceConfigurations,
      topics.configurationVersions,
      topics.configurationRefusals,
    ],
    state: topics.keptConfigurations,

    handle(command, { state, now }) {
      const { connector, tenant_id } = command
      // `0` is the character after `/`.
      const range = { gte: stateKey(command, ''), lt: stateKey(command, '').replace(/\/$/, '0') }
      const ofSubject = [...state.range(range)].map(([, row]) => row)
      const kept = ofSubject.find((row) => row.connector === connector) ?? {
        id: stateKey(command, connector),
        connector,
        tenant_id,
        version: 0,
        active: false,
        refusals: 0,
      }
      const others = ofSubject.filter((row) => row.connector !== connector)
      const judged = judgeCommand(command, connectors, { kept, others })
      const at = formatDateTime(now)
      return judged.code === undefined
        ? taken(command, kept, judged, at)
        : refused(command, kept, judged, at)
    },
  })

function taken(
  command: ConfigurationCommand,
  kept: KeptConfiguration,
  { config, secrets }: Extract<JudgedCommand, { readonly config: object }>,
  updated_at: string,
) {
  const { level, subject_id, connector, tenant_id, active, command_id } = command
  // The row of an installation that wrote it before this unit counted has a version, too.
  const version = Math.max(kept.version, command.expected_version) + 1
  const id = `${connector}/${subject_id}`
  const given = {
    connector,
    tenant_id,
    active,
    version,
    config: JSON.stringify(config),
    updated_at,
  }
  const configuration = configurationName(command)
  return [
    level === 'TENANT'
      ? to(topics.tenantConfigurations, { id, ...given })
      : to(topics.serviceConfigurations, { id, service_id: subject_id, ...given }),
    to(topics.configurationVersions, {
      id: `${configuration}/${version}`,
      configuration,
      command_id,
      tenant_id,
      version,
      active,
      config: JSON.stringify(masked(config, secrets)),
      updated_at,
    }),
    to(topics.keptConfigurations, { ...kept, tenant_id, active, version }),
  ]
}

function refused(
  command: ConfigurationCommand,
  kept: KeptConfiguration,
  { code, message }: Extract<JudgedCommand, { readonly code: string }>,
  refused_at: string,
) {
  const id = `${configurationName(command)}/${kept.refusals % refusalsMax}`
  const { command_id } = command
  return [
    to(topics.configurationRefusals, { id, command_id, code, message, refused_at }),
    to(topics.keptConfigurations, { ...kept, refusals: kept.refusals + 1 }),
  ]
}
