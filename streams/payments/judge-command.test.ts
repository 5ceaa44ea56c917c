import { describe, expect, it } from 'vitest'
import type { ConfigurationCommand } from '#schemas/generated/types'
import {
  sampleConnector,
  serviceCommand,
  serviceConfig,
  tenantCommand,
  tenantConfig,
} from '#streams/payments/configuration-samples'
import { judgeCommand } from '#streams/payments/judge-command'

const judged = (command: ConfigurationCommand) => {
  const { connector, tenant_id } = command
  const kept = { id: 'k', connector, tenant_id, version: 1, active: true, refusals: 0 }
  return judgeCommand(command, [sampleConnector], { kept, others: [] })
}
const off = { active: false, expected_version: 1 }

describe('a command', () => {
  it('is for a connector that is here', () => {
    expect(judged(serviceCommand(serviceConfig, { connector: 'nopay' }))).toEqual({
      code: 'unknown-connector',
      message: 'no connector is named nopay',
    })
  })

  it('switches off what its form no longer allows, as it is', () => {
    const former = { ...serviceConfig, former_member: 1 }
    expect(judged(serviceCommand(former, off))).toMatchObject({ config: former })
    expect(judged(serviceCommand(former, { expected_version: 1 }))).toMatchObject({
      code: 'invalid',
    })
  })

  it('is held against the rest all the same where it switches off', () => {
    const former = { ...tenantConfig, former_member: 1 }
    const clear = tenantCommand({ ...former, api_key: 'in-clear' }, off)
    expect(judged(clear)).toMatchObject({ code: 'secret-in-clear' })
    expect(judged(tenantCommand(former, { ...off, expected_version: 2 }))).toMatchObject({
      code: 'version-differs',
    })
    expect(judged(serviceCommand([], off))).toMatchObject({ code: 'invalid' })
  })
})
