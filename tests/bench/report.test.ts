import { expect, it } from 'vitest'
import { jsonLineOf, tableOf } from '#tests/bench/report'
import { type RowPlan, rowOf } from '#tests/bench/row'

const plans: readonly RowPlan[] = [
  {
    id: 'stateless.whole',
    what: 'Avro in and out',
    unit: 'records/s',
    rival: 'Streams',
    bar: { of: 'ratio', is: 'at least', value: 0.9 },
  },
  {
    id: 'idle20',
    what: 'twenty units',
    unit: 'MB',
    bar: { of: 'ours', is: 'at most', value: 140 },
  },
  { id: 'hop.p50', what: 'one hop', unit: 'ms', rival: 'Streams' },
]
const rows = [
  rowOf(plans[0]!, [
    { ours: 50_000, rival: 40_000 },
    { ours: 60_000, rival: 80_000 },
    { ours: 55_000, rival: 50_000 },
  ]),
  rowOf(plans[1]!, [{ ours: 150 }]),
  rowOf(plans[2]!, [{ ours: 20, rival: 40, floor: 8 }]),
]

it('the table says for each row what was measured, against whom, how far apart the runs were, and the verdict', () => {
  expect(tableOf(rows, plans)).toMatchInlineSnapshot(`
    "row              what             ours              rival           ratio  spread       floor  bar
    ---------------  ---------------  ----------------  --------------  -----  -----------  -----  --------  ------
    stateless.whole  Avro in and out  55,000 records/s  50,000 Streams  1.1    0.75 – 1.25         ≥ 0.9×    ok
    idle20           twenty units     150 MB                                   150 – 150           ≤ 140 MB  NOT OK
    hop.p50          one hop          20 ms             40 Streams      0.5    0.5 – 0.5    8      reported"
  `)
})

it('the table says where less was measured than the bar is meant for', () => {
  const plan: RowPlan = { ...plans[1]!, smaller: '2 of 20 units' }
  expect(tableOf([rowOf(plan, [{ ours: 100 }])], [plan]).split('\n')[2]).toBe(
    'idle20  twenty units (ONLY 2 of 20 units)  100 MB                100 – 100         ≤ 140 MB  ok',
  )
})

it('the last line is one JSON object that a program can read', () => {
  const line = jsonLineOf({ bench: 'engine', load: [0.5, 1], config: { runs: 3 }, rows })
  expect(line).not.toContain('\n')
  expect(JSON.parse(line)).toMatchObject({
    bench: 'engine',
    load: [0.5, 1],
    config: { runs: 3 },
    rows: [
      {
        id: 'stateless.whole',
        ours: 55_000,
        rival: 50_000,
        ratio: 1.1,
        unit: 'records/s',
        bar: '≥ 0.9×',
        ok: true,
        runs: [{ ours: 50_000, rival: 40_000 }, {}, {}],
      },
      { id: 'idle20', rival: null, ratio: null, ok: false },
      { id: 'hop.p50', floor: 8, ok: null },
    ],
  })
})
