import { expect, it } from 'vitest'
import { measuredRuns, type RowGroup } from '#tests/bench/measured-runs'

const plan = (id: string) => ({ id, what: id, unit: 'ms' })

const group = (ids: readonly string[], failsInRun?: number): RowGroup<number> => ({
  rows: ids.map(plan),
  measure: async (run) => {
    if (run === failsInRun) throw new Error('lost a record')
    return new Map(ids.map((id) => [id, { ours: run }]))
  },
})

const measured = (groups: readonly RowGroup<number>[], signal = new AbortController().signal) => {
  const lines: string[] = []
  const samples = measuredRuns({
    groups,
    runs: 2,
    isWanted: (id) => id !== 'unwanted',
    benchOf: (run) => run,
    report: (line) => lines.push(line),
    signal,
  })
  return { samples, lines }
}

it('every group with a row that is wanted is measured once a run', async () => {
  const { samples, lines } = measured([group(['a', 'b']), group(['unwanted'])])
  expect([...(await samples)]).toEqual([
    ['a', [{ ours: 0 }, { ours: 1 }]],
    ['b', [{ ours: 0 }, { ours: 1 }]],
  ])
  expect(lines).toEqual(['run 1 of 2: a, b', 'run 2 of 2: a, b'])
})

it('a run that fails costs its own rows, and says why', async () => {
  const { samples, lines } = measured([group(['a'], 0), group(['b'])])
  expect([...(await samples)]).toEqual([
    ['b', [{ ours: 0 }, { ours: 1 }]],
    ['a', [{ ours: 1 }]],
  ])
  expect(lines.find((line) => line.startsWith('FAILED'))).toContain('lost a record')
})

it('a run may have several samples of a row', async () => {
  const several: RowGroup<number> = {
    rows: [plan('a')],
    measure: async (run) => new Map([['a', [{ ours: run }, { ours: run + 10 }]]]),
  }
  const { samples } = measured([several])
  expect((await samples).get('a')).toEqual([0, 10, 1, 11].map((ours) => ({ ours })))
})

it('an abort ends the bench', async () => {
  const { samples } = measured([group(['a'], 0)], AbortSignal.abort(new Error('stopped')))
  await expect(samples).rejects.toThrow('stopped')
})
