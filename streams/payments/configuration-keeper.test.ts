import { describe, it } from 'vitest'
import { drive, now } from '#core/drive'
import { to } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationCommand, KeptConfiguration } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { configurationKeeper } from '#streams/payments/configuration-keeper'
import {
  sampleConnector,
  serviceCommand,
  serviceConfig,
  tenantCommand,
  tenantConfig,
} from '#streams/payments/configuration-samples'

const connectors = [sampleConnector, { ...sampleConnector, name: 'otherpay' }]
const keeper = drive(configurationKeeper(connectors as unknown as IntermediaryConnector[]))
const at = formatDateTime(now)
const other = 'c0ffee00-1111-4222-8333-444455556666'
const { tenant_id } = serviceConfig
const { command_id } = serviceCommand()

const kept = (changes: Partial<KeptConfiguration> = {}): KeptConfiguration => {
  const connector = changes.connector ?? 'examplepay'
  return {
    id: `SERVICE/${serviceConfig.id}/${connector}`,
    connector,
    tenant_id,
    version: 1,
    active: true,
    refusals: 0,
    ...changes,
  }
}
const given = (changes?: Partial<KeptConfiguration>) =>
  keeper.given(to(topics.keptConfigurations, kept(changes)))

const written = (
  version: number,
  { active, config }: Pick<ConfigurationCommand, 'active' | 'config'>,
) => {
  const row = { tenant_id, active, version, config, updated_at: at }
  const configuration = `SERVICE/examplepay/${serviceConfig.id}`
  return [
    to(topics.serviceConfigurations, {
      id: `examplepay/${serviceConfig.id}`,
      service_id: serviceConfig.id,
      connector: 'examplepay',
      ...row,
    }),
    to(topics.configurationVersions, {
      id: `${configuration}/${version}`,
      configuration,
      command_id,
      ...row,
    }),
    to(topics.keptConfigurations, kept({ version, active })),
  ]
}

const refused = (
  { code, message }: { readonly code: string; readonly message: string },
  before: KeptConfiguration,
) => [
  to(topics.configurationRefusals, {
    id: `SERVICE/${before.connector}/${serviceConfig.id}/${before.refusals % 16}`,
    command_id,
    code,
    message,
    refused_at: at,
  }),
  to(topics.keptConfigurations, { ...before, refusals: before.refusals + 1 }),
]

describe('configuration-keeper', () => {
  it('writes the first version of a service', () => {
    const command = serviceCommand()
    keeper.when(command).then(...written(1, command))
  })

  it('counts on, also where payments are no longer taken', () => {
    const command = serviceCommand(serviceConfig, { active: false, expected_version: 1 })
    given()
      .when(command)
      .then(...written(2, command))
  })

  it('counts on from a row that is older than itself', () => {
    const command = serviceCommand(serviceConfig, { expected_version: 6 })
    keeper.when(command).then(...written(7, command))
  })

  it('keeps versions of a tenant without its secrets', () => {
    const command = tenantCommand()
    const row = { tenant_id, active: true, version: 1, updated_at: at }
    keeper.when(command).then(
      to(topics.tenantConfigurations, {
        id: `examplepay/${tenant_id}`,
        connector: 'examplepay',
        config: JSON.stringify(tenantConfig),
        ...row,
      }),
      to(topics.configurationVersions, {
        id: `TENANT/examplepay/${tenant_id}/1`,
        configuration: `TENANT/examplepay/${tenant_id}`,
        command_id,
        config: JSON.stringify({ ...tenantConfig, api_key: '********' }),
        ...row,
      }),
      to(topics.keptConfigurations, kept({ id: `TENANT/${tenant_id}/examplepay` })),
    )
  })

  it('refuses a secret in clear, whoever wrote the command', () => {
    const command = tenantCommand({ ...tenantConfig, api_key: 'in-clear' })
    const before = kept({ id: `TENANT/${tenant_id}/examplepay`, version: 0, active: false })
    keeper.when(command).then(
      to(topics.configurationRefusals, {
        id: `TENANT/examplepay/${tenant_id}/0`,
        command_id,
        code: 'secret-in-clear',
        message: '/api_key is not sealed',
        refused_at: at,
      }),
      to(topics.keptConfigurations, { ...before, refusals: 1 }),
    )
  })

  const unknown = kept({ version: 0, active: false })
  it.each([
    {
      scene: 'with a member nobody knows',
      command: serviceCommand({ ...serviceConfig, colour: 'red' }),
      told: { code: 'invalid', message: '/colour is no member of this form' },
    },
    {
      scene: 'about another service than its key',
      command: serviceCommand({ ...serviceConfig, id: other }),
      told: { code: 'invalid', message: "/id differs from the command's" },
    },
    {
      scene: 'about another tenant than it says',
      command: serviceCommand({ ...serviceConfig, tenant_id: other }),
      told: { code: 'invalid', message: "/tenant_id differs from the command's" },
    },
  ])('refuses a command $scene', ({ command, told }) => {
    keeper.when(command).then(...refused(told, unknown))
  })

  it('refuses a command made from another version', () => {
    const told = { code: 'version-differs', message: 'version 3 is there, not 2' }
    given({ version: 3 })
      .when(serviceCommand(serviceConfig, { expected_version: 2 }))
      .then(...refused(told, kept({ version: 3 })))
  })

  it('keeps the last 16 refusals of a configuration', () => {
    const told = { code: 'version-differs', message: 'version 3 is there, not 0' }
    const before = kept({ version: 3, refusals: 17 })
    given(before)
      .when(serviceCommand())
      .then(...refused(told, before))
  })

  it("refuses to make another tenant's service its own", () => {
    const told = {
      code: 'of-another-tenant',
      message: 'the service is configured for another public body',
    }
    const before = kept({ tenant_id: other })
    given(before)
      .when(serviceCommand(serviceConfig, { expected_version: 1 }))
      .then(...refused(told, before))
  })

  it('refuses a second connector for one service, while the first is active', () => {
    const told = {
      code: 'configured-elsewhere',
      message:
        'the service takes payments at otherpay: delete that configuration before this one is made',
    }
    given({ connector: 'otherpay' })
      .when(serviceCommand())
      .then(...refused(told, unknown))
    const command = serviceCommand()
    given({ connector: 'otherpay', active: false })
      .when(command)
      .then(...written(1, command))
    const off = serviceCommand(serviceConfig, { active: false })
    given({ connector: 'otherpay' })
      .when(off)
      .then(...written(1, off))
  })
})
