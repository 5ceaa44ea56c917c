import { Registry } from 'prom-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CommittedPositions, exportLag } from '#core/lag'
import type { Position, TopicPartition } from '#core/records'

const at = (partition: number, offset: number, topic = 'payments'): Position => ({
  topic,
  partition,
  offset,
})
const endAt = (offset: number) => (partitions: readonly TopicPartition[]) =>
  Promise.resolve(partitions.map((one) => ({ ...one, offset })))

const scene = (ends: (partitions: readonly TopicPartition[]) => Promise<Position[]>) => {
  const registry = new Registry()
  const [keeper, index] = [new CommittedPositions(), new CommittedPositions()]
  const units = new Map([
    ['keeper', keeper],
    ['index', index],
  ])
  exportLag(registry, { ends }, units)
  return { registry, keeper, index }
}
const lines = async (registry: Registry) =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith('corrente_lag{'))

afterEach(() => void vi.useRealTimers())

describe('the lag of the units of a process', () => {
  it('is the distance to the end over the partitions owned, in one question', async () => {
    const ends = vi.fn(endAt(100))
    const { registry, keeper, index } = scene(ends)
    keeper.advance([at(0, 90), at(1, 40)])
    index.advance([at(0, 100, 'payment.seen')])
    keeper.advance([at(1, 95)])
    expect(await lines(registry)).toEqual([
      'corrente_lag{unit="keeper"} 15',
      'corrente_lag{unit="index"} 0',
    ])
    expect(ends).toHaveBeenCalledTimes(1)
  })

  it('is not told of partitions given away, nor with an old number where Kafka does not answer', async () => {
    let isAway = false
    const { registry, keeper, index } = scene((partitions) =>
      isAway ? Promise.reject(new Error('away')) : endAt(7)(partitions),
    )
    keeper.advance([at(0, 5)])
    index.advance([at(0, 5)])
    keeper.clear()
    expect(await lines(registry)).toEqual(['corrente_lag{unit="index"} 2'])
    isAway = true
    expect(await lines(registry)).toEqual([])
  })

  it('keeps nobody waiting for a silent broker', async () => {
    vi.useFakeTimers()
    const { registry, keeper } = scene(() => new Promise(() => undefined))
    keeper.advance([at(0, 5)])
    const found = lines(registry)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await found).toEqual([])
  })
})

describe('the committed positions of a unit', () => {
  it('know which partitions this process owns, until they may have another owner', () => {
    const positions = new CommittedPositions()
    positions.advance([at(0, 90)])
    expect(positions.has(at(0, 0))).toBe(true)
    expect([at(1, 90), at(0, 90, 'payment.seen')].map((one) => positions.has(one))).toEqual([
      false,
      false,
    ])
    positions.clear()
    expect(positions.has(at(0, 90))).toBe(false)
  })
})
