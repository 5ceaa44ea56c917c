import { expect, it } from 'vitest'
import { flowFigures } from '#tests/bench/engine/flow-figures'

/** 1,000 outputs: nothing for 1 s, 250 each in the next three seconds, the last 250 in half a second. */
const outputsAtMs = Float64Array.from({ length: 1_000 }, (_, n) =>
  n < 750 ? 1_000 + (n + 1) * 4 : 4_000 + (n - 749) * 2,
)
const cpu = [
  { at: 0, value: 0 },
  { at: 4_000, value: 3 },
  { at: 5_000, value: 4 },
]
const observed = { startedAtMs: 0, outputsAtMs, cpu, peakMegabytes: 100 }

it('the whole run counts from the start of the process, the warm one is the last quarter', () => {
  expect(flowFigures(observed)).toEqual({
    wholeRate: 1_000 / 4.5,
    warmRate: 500,
    warmCpuMicros: 2_000,
    peakMegabytes: 100,
  })
})

it('the order in which outputs were read does not matter', () => {
  const read = outputsAtMs.toReversed()
  expect(flowFigures({ ...observed, outputsAtMs: read })).toEqual(flowFigures(observed))
})

it('a run that was over at once is an error, not an endless rate', () => {
  expect(() => flowFigures({ ...observed, outputsAtMs: new Float64Array(100).fill(5) })).toThrow(
    'too short',
  )
})
