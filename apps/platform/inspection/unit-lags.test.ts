import { describe, expect, it } from 'vitest'
import { isLost, isOutside, unitLags } from '#apps/platform/inspection/unit-lags'
import { declaredUnits } from '#apps/platform/declared-units'
import type { Position, TopicPartition } from '#core/records'

const units = declaredUnits.filter(({ name }) => name === 'payment-keeper')

/** A log of two partitions of payment.facts, and one of what was sent back. */
const log = (from: number, to: number) => {
  const at =
    (offset: number) =>
    async (places: readonly TopicPartition[]): Promise<Position[]> =>
      places.map((place) => ({ ...place, offset }))
  const numbers = new Map([
    ['payment.facts', [0, 1]],
    ['payment-keeper.redrive', [0]],
  ])
  return {
    offsets: {
      beginnings: at(from),
      ends: at(to),
      partitionsOf: async (topic: string) => numbers.get(topic),
    } as never,
  }
}
const admin = (offsets: readonly string[], members = 1) =>
  ({
    fetchOffsets: async () => [
      {
        topic: 'payment.facts',
        partitions: offsets.map((offset, partition) => ({ partition, offset })),
      },
    ],
    describeGroups: async () => ({
      groups: [{ groupId: 'payment-keeper', members: Array.from({ length: members }) }],
    }),
  }) as never

describe('how far a unit has come', () => {
  it('is told for each partition of its input and of what was sent back to it', async () => {
    const [keeper] = await unitLags(log(10, 100), admin(['90', '100'], 2), units)
    expect(keeper).toMatchObject({ unit: 'payment-keeper', members: 2, lag: 10 + 0 + 90 })
    expect(keeper!.partitions).toEqual([
      { topic: 'payment.facts', partition: 0, committed: 90, beginning: 10, end: 100, lag: 10 },
      { topic: 'payment.facts', partition: 1, committed: 100, beginning: 10, end: 100, lag: 0 },
      {
        topic: 'payment-keeper.redrive',
        partition: 0,
        committed: undefined,
        beginning: 10,
        end: 100,
        lag: 90,
      },
    ])
    expect(keeper!.partitions.map(isOutside)).toEqual([false, false, false])
    expect(keeper!.partitions.map(isLost)).toEqual([false, false, true])
  })

  it('is amiss outside the log, and where nothing says from where to read', async () => {
    const [keeper] = await unitLags(log(50, 100), admin(['49', '-1']), units)
    expect(keeper!.partitions.slice(0, 2).map(isOutside)).toEqual([true, false])
    expect(keeper!.partitions.slice(0, 2).map(isLost)).toEqual([false, true])
    const [ahead] = await unitLags(log(0, 100), admin(['101', '100']), units)
    expect(ahead!.partitions.map(isOutside)).toEqual([true, false, false])
    expect(ahead!.lag).toBe(0 + 0 + 100)
    const [empty] = await unitLags(log(7, 7), admin(['-1', '-1'], 0), units)
    expect(empty!.partitions.map(isLost)).toEqual([false, false, false])
    expect(empty!.members).toBe(0)
  })
})
