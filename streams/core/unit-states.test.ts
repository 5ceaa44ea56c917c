import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { exportUnitStates } from '#core/unit-states'
import type { UnitStatus } from '#core/unit-status'

const shownOf = async (status: UnitStatus) => {
  const registry = new Registry()
  exportUnitStates(registry, () => [status])
  const lines = (await registry.metrics()).split('\n')
  return lines.filter((line) => /^corrente_unit_state\{.*\} 1$/.test(line))
}

describe('the state of a unit', () => {
  it('is the one it is in, and none of the others', async () => {
    expect(await shownOf({ unit: 'keeper', state: 'stopped' })).toEqual([
      'corrente_unit_state{unit="keeper",state="stopped"} 1',
    ])
  })

  it('is running while what is amiss passes by itself', async () => {
    expect(await shownOf({ unit: 'keeper', state: 'waiting', isPassing: true })).toEqual([
      'corrente_unit_state{unit="keeper",state="running"} 1',
    ])
  })
})
