import { describe, expect, it } from 'vitest'
import { Samples, sampleEveryMs } from '#apps/operations/samples'

const unit = 'keeper'
/** One partition of payment.facts, `committed` of `end`. */
const sample = (n: number, committed: number | undefined, end: number, members = 1) => ({
  atMs: n * sampleEveryMs,
  ends: new Map([['payment.facts', end]]),
  units: [
    {
      unit,
      members,
      lag: end - (committed ?? 0),
      partitions: [
        {
          topic: 'payment.facts',
          partition: 0,
          committed,
          beginning: 0,
          end,
          lag: end - (committed ?? 0),
        },
      ],
    },
  ],
})
const samplesOf = (
  count: number,
  at: (n: number) => readonly [committed: number | undefined, end: number, members?: number],
) => {
  const samples = new Samples()
  for (let n = 0; n < count; n++) samples.add(sample(n, ...at(n)))
  return samples
}

describe('samples of the log', () => {
  it('tell what is written and handled each second, once there are two', () => {
    expect(samplesOf(1, () => [0, 10]).writtenPerSecond('payment.facts')).toBeUndefined()
    const samples = samplesOf(3, (n) => [n * 50, n * 100])
    expect(samples.writtenPerSecond('payment.facts')).toBe(20)
    expect(samples.handledPerSecond(unit)).toBe(10)
    expect(samples.writtenPerSecond('unknown')).toBeUndefined()
    expect(samples.latest?.atMs).toBe(2 * sampleEveryMs)
  })

  it('are those of the last minute', () => {
    // Ten a second for long, then nothing for a minute.
    const samples = samplesOf(40, (n) => [Math.min(n, 20) * 50, Math.min(n, 20) * 50])
    expect(samples.handledPerSecond(unit)).toBe(0)
  })

  it('show a partition that does not move though records wait and a process runs', () => {
    expect(samplesOf(13, () => [5, 10]).stuckPartitions(unit)).toBe(1)
    expect(samplesOf(13, (n) => [n, 100]).stuckPartitions(unit)).toBe(0)
    expect(samplesOf(13, () => [10, 10]).stuckPartitions(unit)).toBe(0)
    // What has only just come waits for nobody yet.
    expect(samplesOf(13, (n) => [5, n === 12 ? 10 : 5]).stuckPartitions(unit)).toBe(0)
    expect(samplesOf(5, () => [5, 10]).stuckPartitions(unit)).toBe(0)
    expect(samplesOf(13, (n) => [5, 10, n === 3 ? 0 : 1]).stuckPartitions(unit)).toBe(0)
  })

  it('show a unit nobody runs, when records wait for it and it is no restart', () => {
    expect(samplesOf(4, () => [5, 10, 0]).isUnmanned(unit)).toBe(true)
    expect(samplesOf(4, () => [10, 10, 0]).isUnmanned(unit)).toBe(false)
    expect(samplesOf(4, (n) => [5, 10, n === 2 ? 1 : 0]).isUnmanned(unit)).toBe(false)
    expect(samplesOf(1, () => [5, 10, 0]).isUnmanned(unit)).toBe(false)
    expect(samplesOf(4, () => [5, 10, 1]).isUnmanned(unit)).toBe(false)
  })
})
