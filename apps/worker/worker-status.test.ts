import { describe, expect, it } from 'vitest'
import { workerStatus } from '#apps/worker/worker-status'
import type { UnitCircuit } from '#core/run-units'
import type { UnitStatus } from '#core/unit-status'

const brokers = 'one:9092'
const answered = async () => undefined
const owns = () => false
interface Given {
  readonly reachable?: () => Promise<void>
  readonly circuits?: readonly UnitCircuit[]
}
const statusOf = (units: readonly UnitStatus[], given: Given = {}) => {
  const { reachable = answered, circuits = [] } = given
  const running = {
    status: () => units,
    circuits: () => circuits,
    owns,
    reachable,
    drain: answered,
  }
  return workerStatus({ running, problem: '' }, brokers)()
}

describe('the status of a worker', () => {
  it('says what keeps the units from starting', async () => {
    const starting = { running: undefined, problem: 'the units are starting' }
    expect(await workerStatus(starting, brokers)()).toEqual({
      problems: ['the units are starting'],
    })
  })

  it('has no problem while units run, or start as they should', async () => {
    const units = [
      { unit: 'dispatcher', state: 'running' },
      { unit: 'keeper', state: 'starting' },
    ] as const
    expect(await statusOf(units)).toEqual({ problems: [], details: { units, circuits: [] } })
  })

  it('has one sentence for each unit that does not do its work', async () => {
    const { problems } = await statusOf([
      { unit: 'dispatcher', state: 'starting', reason: 'it reads nothing yet' },
      { unit: 'keeper', state: 'waiting', reason: 'table tenants waits: the registry is away' },
      { unit: 'index', state: 'stopped', reason: 'its offsets are lost' },
      { unit: 'intake', state: 'running' },
    ])
    expect(problems).toEqual([
      'dispatcher starting: it reads nothing yet',
      'keeper waiting: table tenants waits: the registry is away',
      'index stopped: its offsets are lost',
    ])
  })

  it('shows what passes by itself, and calls nobody for it', async () => {
    const reason = 'payment.openings/1/7, try 1: the intermediary answered 503'
    const units = [{ unit: 'opener', state: 'waiting', reason, isPassing: true }] as const
    expect(await statusOf(units)).toEqual({ problems: [], details: { units, circuits: [] } })
  })

  it('is red where the broker is away, though idle units run on', async () => {
    const units = [{ unit: 'keeper', state: 'running' }] as const
    const reachable = () => Promise.reject(new Error('broker transport failure'))
    expect(await statusOf(units, { reachable })).toEqual({
      problems: ['Kafka at one:9092 cannot be asked: broker transport failure'],
      details: { units, circuits: [] },
    })
  })

  it('shows circuits that are not closed, and calls nobody for them', async () => {
    const units = [{ unit: 'opener', state: 'running' }] as const
    const circuit = { unit: 'opener', party: 'examplepay', state: 'open', reason: '503' } as const
    const sinceMs = Date.UTC(2026, 0, 15, 9)
    const { problems, details } = await statusOf(units, { circuits: [{ ...circuit, sinceMs }] })
    expect(problems).toEqual([])
    expect(details?.['circuits']).toEqual([{ ...circuit, since: '2026-01-15T09:00:00.000Z' }])
  })
})
