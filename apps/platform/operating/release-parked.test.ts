import { describe, expect, it } from 'vitest'
import type { ParkedKey } from '#apps/platform/inspection/parked'
import {
  isParkedSelected,
  parkedSelectionText,
  type Releasing,
  releaseKeys,
} from '#apps/platform/operating/release-parked'
import type { OutputRecord } from '#core/records'
import { newWire } from '#core/wire'

const unit = 'debt-position-opener'
const parked = (orderKey: string, more: Partial<ParkedKey> = {}): ParkedKey => ({
  unit,
  partition: 3,
  orderKey,
  count: 1,
  attempts: 4,
  error: 'no answer within 5000 ms',
  party: 'examplepay',
  parkedAtMs: 0,
  dueAtMs: 0,
  ...more,
})
const releasing: Releasing = {
  selection: { unit, party: 'examplepay' },
  operator: { name: 'ada', from: 'command' },
  reason: 'they are back',
  rate: 10_000,
  isDryRun: false,
}

async function written(keys: readonly ParkedKey[], more: Partial<Releasing> = {}) {
  const transactions: (readonly OutputRecord[])[] = []
  const writer = {
    write: async (records: readonly OutputRecord[]) => void transactions.push(records),
  }
  await releaseKeys({ wire: newWire({ format: 'json' }), writer }, keys, { ...releasing, ...more })
  return transactions
}

describe('a release of parked records', () => {
  it('tells the unit, in the partition of each key, in the transaction that keeps who did it and why', async () => {
    const [transaction, ...more] = await written([parked('p-1'), parked('p-2', { partition: 5 })])
    expect(more).toEqual([])
    expect(transaction!.map(({ topic, partition, key }) => [topic, partition, key])).toEqual([
      [`${unit}.redrive`, 3, 'p-1'],
      [`${unit}.redrive`, 5, 'p-2'],
      ['corrente.operations', null, transaction![2]!.key],
    ])
    expect(JSON.parse(String(transaction![2]!.value))).toMatchObject({
      action: 'release',
      unit,
      operator: 'ada',
      via: 'command',
      reason: 'they are back',
      selection: 'party examplepay',
      subjects: ['p-1', 'p-2'],
    })
  })

  it('keeps to its rate, in transactions of a tenth of a second', async () => {
    const keys = Array.from({ length: 25 }, (_, n) => parked(`p-${n}`))
    const beganMs = performance.now()
    const transactions = await written(keys, { rate: 100 })
    expect(transactions.map((one) => one.length - 1)).toEqual([10, 10, 5])
    // The third transaction may begin once 20 keys are due.
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(195)
  })

  it('is of one key, of a party, of what was met, or of all', () => {
    const key = parked('p-1')
    expect(isParkedSelected({ unit }, key)).toBe(true)
    expect(isParkedSelected({ unit, orderKey: 'p-1', party: 'examplepay' }, key)).toBe(true)
    expect(isParkedSelected({ unit, orderKey: 'p-2' }, key)).toBe(false)
    expect(isParkedSelected({ unit, party: 'another' }, key)).toBe(false)
    expect(isParkedSelected({ unit, error: 'no answer' }, key)).toBe(true)
    expect(isParkedSelected({ unit, error: 'refused' }, key)).toBe(false)
    expect(isParkedSelected({ unit, error: 'no answer' }, parked('p-1', { error: null }))).toBe(
      false,
    )
  })

  it('is told in words', () => {
    expect(parkedSelectionText({ unit })).toBe('all')
    const narrow = { unit, orderKey: 'p-1', error: 'refused', limit: 3 }
    expect(parkedSelectionText(narrow)).toBe('key p-1, error refused, at most 3')
  })
})
