import { describe, expect, it } from 'vitest'
import { recordOf } from '#core/example-unit'
import { parkedRows } from '#core/parked-rows'
import { PartitionState } from '#core/state'
import { memoryUnitStore } from '#core/state-store'
import { newWire } from '#core/wire'
import { parkedTopic } from '#schemas/engine/unit-topics'

describe('the rows of parked records', () => {
  it('hold what Kafka takes in one record, its headers and what is told of it included', () => {
    const state = new PartitionState(memoryUnitStore().partition(0))
    const wire = newWire({ format: 'json' })
    const { fits } = parkedRows({ table: parkedTopic('calling'), state, wire }, (record) => {
      return { record, value: undefined }
    })
    expect(fits(recordOf(null))).toBe(true)
    // As JSON, bytes are base64: 4 characters for 3 of them.
    expect(fits(recordOf(Buffer.alloc(1_400_000)))).toBe(true)
    expect(fits(recordOf(Buffer.alloc(1_430_000)))).toBe(false)
    expect(fits(recordOf(Buffer.alloc(1_400_000), { note: 'x'.repeat(50_000) }))).toBe(false)
  })
})
