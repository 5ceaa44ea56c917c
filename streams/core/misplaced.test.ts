import { describe, expect, it } from 'vitest'
import { anomaly, echo, paymentId, recordOf } from '#core/example-unit'
import { assertPlaced } from '#core/misplaced'
import { partitionOf } from '#core/partition-of'
import type { Unit } from '#core/processor'

const owning: Unit = { ...echo, ownsKeys: true }
const partitions = 6
const place = partitionOf(paymentId, partitions)
const record = { ...recordOf(null), partition: place }

describe('a record of a unit that owns its keys', () => {
  it('lies in the partition of its key', () => {
    assertPlaced(owning, record, anomaly(), partitions)
  })

  it('is refused elsewhere, with where it belongs', () => {
    const other = { ...record, partition: (place + 1) % partitions }
    expect(() => assertPlaced(owning, other, anomaly(), partitions)).toThrow(
      `its key belongs into partition ${place}: whoever wrote it must use the partitioner murmur2_random`,
    )
  })

  it('is refused under a key that is not its own, or under none', () => {
    for (const key of ['other', null]) {
      expect(() => assertPlaced(owning, { ...record, key }, anomaly(), partitions)).toThrow(
        'its key is not its payment_id',
      )
    }
  })
})

it('lies anywhere where the unit does not say so', () => {
  assertPlaced(echo, { ...record, key: 'other', partition: 5 }, anomaly(), partitions)
})
