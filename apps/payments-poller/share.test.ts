import { describe, expect, it } from 'vitest'
import { shareOf } from '#apps/payments-poller/share'

const ids = Array.from({ length: 600 }, (_, n) => `5f0c7a52-2a0d-4c55-9a3e-${n}`)

describe('the share of a replica', () => {
  it('has each payment at one of them, and something for each', () => {
    const shares = [0, 1, 2, 3].map((slot) => shareOf({ partitions: 6, replicas: 4, slot }))
    const owners = ids.map((id) => shares.filter((isOwn) => isOwn(id)).length)
    expect(new Set(owners)).toEqual(new Set([1]))
    for (const isOwn of shares) expect(ids.filter(isOwn).length).toBeGreaterThan(50)
  })

  it('goes by the partition that Kafka gives the id', () => {
    // murmur2 as Java's clients have it: `p-0005` is in partition 0 of 3, `p-0001` in 1, `p-0003` in 2.
    const slotOf = (id: string) =>
      [0, 1, 2].find((slot) => shareOf({ partitions: 3, replicas: 3, slot })(id))
    expect(['p-0005', 'p-0001', 'p-0003'].map(slotOf)).toEqual([0, 1, 2])
  })

  it('is all where there is one', () => {
    expect(ids.every(shareOf({ partitions: 6, replicas: 1, slot: 0 }))).toBe(true)
  })
})
