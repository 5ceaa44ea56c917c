import { describe, expect, it } from 'vitest'
import { newOwners } from '#apps/debit-edge/asking/owners'

/** Accounts named by their partition, a clock that is set, and a group that is as the test says. */
function scene() {
  let nowMs = 0
  let owned: ReadonlySet<number> | undefined = new Set([0, 1])
  const owners = newOwners({
    partitions: 2,
    partitionOf: Number,
    now: () => nowMs,
    owned: async () => {
      if (!owned) throw new Error('the coordinator does not answer')
      return owned
    },
  })
  return {
    owners,
    async lookAt(ms: number, partitions: readonly number[] | undefined) {
      nowMs = ms
      owned = partitions && new Set(partitions)
      await owners.look()
    },
    at: (ms: number) => void (nowMs = ms),
  }
}

describe('whether an account has an owner', () => {
  it('is not known before anybody looked', () => {
    expect(scene().owners.isMissing('0')).toBe(false)
  })

  it('is no once its partition had nobody for two seconds, and only that one', async () => {
    const { owners, lookAt } = scene()
    await lookAt(1_000, [1])
    await lookAt(2_000, [1])
    expect(owners.isMissing('0')).toBe(false)
    await lookAt(3_000, [1])
    expect(owners.isMissing('0')).toBe(true)
    expect(owners.isMissing('1')).toBe(false)
  })

  it('is yes as soon as somebody is found, and counts anew after that', async () => {
    const { owners, lookAt } = scene()
    for (const ms of [1_000, 2_000, 3_000]) await lookAt(ms, [])
    await lookAt(4_000, [0, 1])
    expect(owners.isMissing('0')).toBe(false)
    for (const ms of [5_000, 6_000]) await lookAt(ms, [])
    expect(owners.isMissing('0')).toBe(false)
  })

  it('is yes as soon as a decision comes from there', async () => {
    const { owners, lookAt } = scene()
    for (const ms of [1_000, 2_000, 3_000]) await lookAt(ms, [])
    owners.seen(0)
    expect(owners.isMissing('0')).toBe(false)
    expect(owners.isMissing('1')).toBe(true)
  })

  it('is not known where the group cannot be asked', async () => {
    const { owners, lookAt, at } = scene()
    for (const ms of [1_000, 2_000, 3_000]) await lookAt(ms, [])
    at(5_999)
    expect(owners.isMissing('0')).toBe(true)
    at(6_000)
    expect(owners.isMissing('0')).toBe(false)
    await lookAt(7_000, undefined)
    expect(owners.isMissing('0')).toBe(false)
    // Whether somebody was there meanwhile is not known either.
    await lookAt(8_000, [])
    expect(owners.isMissing('0')).toBe(false)
    await lookAt(9_000, [])
    await lookAt(10_000, [])
    expect(owners.isMissing('0')).toBe(true)
  })
})
