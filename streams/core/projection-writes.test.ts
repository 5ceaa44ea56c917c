import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ExampleStore } from '#core/example-projection'
import { ProjectionWrites } from '#core/projection-writes'
import { type ProjectedRecord, StoreAwayError } from '#ports/projection-store'

const topic = 'in'
const at = (offset: number, partition = 0) => ({ topic, partition, offset })
const records = (...offsets: readonly number[]): ProjectedRecord[] =>
  offsets.map((offset) => ({ ...at(offset), timestamp: 0, value: {} }))

function scene() {
  const store = new ExampleStore()
  store.stand(at(0))
  store.stand(at(0, 1))
  const applied: number[] = []
  const writes = new ProjectionWrites({
    store,
    positions: [at(0), at(0, 1)],
    onApplied: (one) => void applied.push(one.records.length),
  })
  return { store, writes, applied }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the batches on their way to the store', () => {
  it('are written one behind the other, while the next is made ready', async () => {
    const { store, writes } = scene()
    const finish: (() => void)[] = []
    store.before = () => new Promise<void>((resolve) => void finish.push(resolve))
    await writes.put(records(0, 1))
    let isPut = false
    const second = writes.put(records(2)).then(() => (isPut = true))
    await vi.advanceTimersByTimeAsync(0)
    expect([isPut, finish.length]).toEqual([false, 1])
    finish[0]!()
    await second
    await vi.advanceTimersByTimeAsync(0)
    finish[1]!()
    await writes.flushed()
    expect(store.places()).toEqual(['0/0', '0/1', '0/2'])
  })

  it('are told of once they are in it', async () => {
    const { writes, applied } = scene()
    await writes.put(records(0, 1))
    await writes.put(records(2))
    await writes.flushed()
    expect(applied).toEqual([2, 1])
  })

  it('end with the one that breaks, and whoever waits hears why', async () => {
    const { store, writes } = scene()
    store.before = () => Promise.reject(new StoreAwayError('away'))
    await writes.put(records(0))
    await expect(writes.put(records(1))).rejects.toThrow('away')
    await expect(writes.failed).rejects.toThrow('away')
    await expect(writes.flushed()).rejects.toThrow('away')
    expect(store.places()).toEqual([])
  })
})

describe('a position', () => {
  const offsets = ({ at: positions }: ExampleStore) =>
    [...positions.values()].map(({ offset }) => offset)

  it('goes behind what is no record once it was quiet for five seconds', async () => {
    const { store, writes } = scene()
    await writes.put(records(0))
    await writes.flushed()
    await vi.advanceTimersByTimeAsync(4_900)
    writes.reached([at(2), at(0, 1)])
    await writes.flushed()
    expect(offsets(store)).toEqual([1, 0])
    await vi.advanceTimersByTimeAsync(101)
    writes.reached([at(2), at(1, 1)])
    await writes.flushed()
    expect(offsets(store)).toEqual([2, 1])
  })

  it('is left alone where it is there already', async () => {
    const { store, writes, applied } = scene()
    await vi.advanceTimersByTimeAsync(5_001)
    writes.reached([at(0), at(0, 1)])
    await writes.flushed()
    expect([offsets(store), applied]).toEqual([[0, 0], []])
  })

  it('is not moved past a batch that is still being written', async () => {
    const { store, writes } = scene()
    let finish: () => void = () => undefined
    store.before = () => new Promise((resolve) => (finish = resolve))
    await writes.put(records(0))
    await vi.advanceTimersByTimeAsync(5_001)
    writes.reached([at(2)])
    finish()
    await writes.flushed()
    expect(offsets(store)).toEqual([1, 0])
  })
})
