import { describe, expect, it } from 'vitest'
import { operationsConfig } from '#apps/operations/config'

describe('the settings of the status page', () => {
  it('are loopback and no process where nothing is said', () => {
    expect(operationsConfig({})).toEqual({ host: '127.0.0.1', port: 8_004, processes: [] })
  })

  it('name the processes it asks', () => {
    const CORRENTE_PROCESSES = 'http://worker:8001/, http://proxy:8002'
    expect(operationsConfig({ CORRENTE_PROCESSES }).processes).toEqual([
      'http://worker:8001',
      'http://proxy:8002',
    ])
  })

  it('are refused where an address is none', () => {
    expect(() => operationsConfig({ CORRENTE_PROCESSES: 'worker' })).toThrow(
      /^CORRENTE_PROCESSES: is no list of http or https URLs/,
    )
  })
})
