import { describe, expect, it } from 'vitest'
import { counts, jsonWire, paymentId } from '#core/example-unit'
import { PartitionState } from '#core/state'
import { stateRows } from '#core/state-rows'
import { memoryStore } from '#core/state-store'

const other = '1c2f8e0b-6d0b-4f0a-9a54-3f4d3e0c1a11'
const row = (payment_id: string, status: string) => ({ payment_id, status })

describe('the rows a unit sees', () => {
  const state = new PartitionState(memoryStore())
  for (const id of [other, paymentId]) {
    state.put(counts.name, id, jsonWire.encode(counts, row(id, 'kept')))
  }
  const rows = stateRows(state, counts, jsonWire)

  it('are values, by key and by range', () => {
    expect(rows.get(paymentId)).toEqual(row(paymentId, 'kept'))
    expect(rows.get('elsewhere')).toBeUndefined()
    expect([...rows.range({ gte: '1' })]).toEqual([[other, row(other, 'kept')]])
    expect([...rows.range({ limit: 1 })]).toEqual([[paymentId, row(paymentId, 'kept')]])
  })

  it('are none where the unit declares no state', () => {
    const none = stateRows(state, undefined, jsonWire)
    expect([none.get(paymentId), [...none.range({})]]).toEqual([undefined, []])
  })
})
