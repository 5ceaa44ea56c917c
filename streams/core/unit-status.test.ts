import { describe, expect, it } from 'vitest'
import { silentLog } from '#core/log'
import { calling, echo, recordOf, tenants } from '#core/example-unit'
import { tellLookers } from '#core/run-units'
import { passingMsMax, startingMsMax, UnitHealth } from '#core/unit-status'
import { units as unitStarts } from '#schemas/engine/units'
import type { ParkedRecord } from '#schemas/generated/types'

const running = (now?: () => number) => {
  const health = new UnitHealth('echo', silentLog, now)
  health.running()
  return health
}

const clocked = () => {
  let nowMs = 100_000
  return { health: running(() => nowMs), pass: (ms: number) => void (nowMs += ms) }
}

describe('the health of a unit', () => {
  it('starts, and runs once it has its partitions', () => {
    const health = new UnitHealth('echo', silentLog)
    expect(health.status()).toEqual({ unit: 'echo', state: 'starting' })
    health.waiting(undefined)
    expect(health.status().state).toBe('starting')
    health.running()
    expect(health.status()).toEqual({ unit: 'echo', state: 'running' })
  })

  it('is red while a record was tried for five minutes in vain, and not before', () => {
    const health = running()
    const triedFor = (ms: number, offset = 7) => {
      const item = { record: { ...recordOf(null), offset }, value: {} }
      const row = { first_tried_at: 1_000, attempts: 9, error: 'away' } as ParkedRecord
      health.settled({ kind: 'postponed', item, row }, 1_000 + ms)
      return health.status()
    }
    expect(triedFor(299_999).state).toBe('running')
    const reason = 'in/2/7 waits for 5 min, 9 tries: away'
    expect(triedFor(300_000)).toMatchObject({ state: 'waiting', reason })
    const item = { record: { ...recordOf(null), offset: 7 }, value: {} }
    const outcome = { emissions: [], isBug: false, attempts: 10, lookedUp: [] }
    health.settled({ kind: 'done', item, outcome }, 400_000)
    expect(health.status().state).toBe('running')
  })

  it('is red while a record that is too large to be parked holds its partition back', () => {
    const health = running()
    const item = { record: { ...recordOf(null), offset: 7 }, value: {} }
    health.held(item.record, 'the bank is away')
    const reason = 'in/2/7 is too large to be parked and holds its partition back: the bank is away'
    expect(health.status()).toMatchObject({ state: 'waiting', reason })
    const outcome = { emissions: [], isBug: false, attempts: 4, lookedUp: [] }
    health.settled({ kind: 'done', item, outcome }, 0)
    expect(health.status().state).toBe('running')
  })

  it('is green again when what it waited for is back', () => {
    const health = running()
    health.waiting('the registry is away')
    expect(health.status().state).toBe('waiting')
    health.waiting(undefined)
    expect(health.status().state).toBe('running')
  })

  it('stays red between sessions until one has its partitions', () => {
    const health = running()
    health.failed('the broker is away')
    health.waiting(undefined)
    expect(health.status()).toMatchObject({ state: 'waiting', reason: 'the broker is away' })
    health.running()
    expect(health.status().state).toBe('running')
  })

  it('stays stopped', () => {
    const health = running()
    health.stopped('its offsets are lost')
    health.running()
    expect(health.status()).toMatchObject({ state: 'stopped', reason: 'its offsets are lost' })
  })

  it('says what is amiss once its start takes long, until it runs', () => {
    let now = 0
    const health = new UnitHealth('echo', silentLog, () => now)
    now = startingMsMax
    expect(health.status()).toEqual({ unit: 'echo', state: 'starting' })
    now += 1
    const reason = 'it reads nothing yet, 30 s after its start'
    expect(health.status()).toEqual({ unit: 'echo', state: 'starting', reason })
    health.running()
    expect(health.status()).toEqual({ unit: 'echo', state: 'running' })
  })

  it('is not red while its rows are restored, however long that takes, as long as it goes on', () => {
    let nowMs = 0
    const health = new UnitHealth('echo', silentLog, () => nowMs)
    for (const read of [100, 200, 300]) {
      health.restoring(`restores its state: ${read} of about 300 records`)
      nowMs += startingMsMax
      const note = `restores its state: ${read} of about 300 records`
      expect(health.status()).toEqual({ unit: 'echo', state: 'starting', note })
    }
    health.restoring('restores its state: 300 of about 300 records')
    nowMs += 1
    expect(health.status()).toEqual({
      unit: 'echo',
      state: 'starting',
      reason: 'restores its state: 300 of about 300 records; nothing came for 30 s',
    })
    health.restoring(undefined)
    health.running()
    expect(health.status()).toEqual({ unit: 'echo', state: 'running' })
  })

  it('waits while a table does, whatever else goes on', () => {
    const health = running()
    health.tableWaiting('tenants', 'the registry is away')
    health.tableWaiting('services', 'the registry is away')
    health.waiting(undefined)
    health.running()
    health.tableWaiting('services', undefined)
    const reason = 'table tenants waits: the registry is away'
    expect(health.status()).toEqual({ unit: 'echo', state: 'waiting', reason })
    health.tableWaiting('tenants', undefined)
    expect(health.status().state).toBe('running')
  })
})

describe('a session that breaks', () => {
  it('calls nobody until it has lasted', () => {
    const { health, pass } = clocked()
    health.failed('the commit was refused')
    pass(passingMsMax)
    const waiting = { unit: 'echo', state: 'waiting', reason: 'the commit was refused' }
    expect(health.status()).toEqual({ ...waiting, isPassing: true })
    pass(1)
    expect(health.status()).toEqual(waiting)
  })

  it('does not hide behind sessions that begin and break by turns', () => {
    const { health, pass } = clocked()
    for (let second = 0; second <= passingMsMax; second += 1_000) {
      health.failed('the commit was refused')
      pass(500)
      health.running()
      pass(500)
    }
    const reason = 'the commit was refused'
    expect(health.status()).toEqual({ unit: 'echo', state: 'waiting', reason })
    health.committed()
    expect(health.status()).toEqual({ unit: 'echo', state: 'running' })
  })

  it('is over once a session runs on, also without a record', () => {
    const { health, pass } = clocked()
    health.failed('the broker is away')
    pass(passingMsMax + 1)
    expect(health.status().isPassing).toBeUndefined()
    health.running()
    expect(health.status().reason).toBe('the broker is away')
    pass(passingMsMax + 1)
    expect(health.status()).toEqual({ unit: 'echo', state: 'running' })
    health.failed('the broker is away')
    expect(health.status().isPassing).toBe(true)
  })
})

describe('a table that waits', () => {
  it.each([
    { table: tenants, echoState: 'waiting', callingState: 'running' },
    { table: unitStarts, echoState: 'waiting', callingState: 'waiting' },
  ])('holds back the units that read $table.name', ({ table, echoState, callingState }) => {
    const healths = [echo, calling(async () => undefined)].map((unit) => {
      return { unit, health: running() }
    })
    const tell = tellLookers(healths)
    const states = () => healths.map(({ health }) => health.status().state)
    tell(table, 'the registry is away')
    expect(states()).toEqual([echoState, callingState])
    tell(table, undefined)
    expect(states()).toEqual(['running', 'running'])
  })
})
