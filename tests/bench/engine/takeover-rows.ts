import type { RowPlan } from '#tests/bench/row'
import { newUnit } from '#tests/bench/engine/flow'
import { consumeBare } from '#tests/bench/engine/consume-bare'
import { manyKeysOf, rowLoad } from '#tests/bench/engine/loads'
import type { Scenario } from '#tests/bench/engine/scenario'
import { measureTakeovers } from '#tests/bench/engine/takeover'

const msAtMost = (value: number) => ({ of: 'ours', is: 'at most', value }) as const

const restartMsMax = 4_000
const otherMsMax = 12_000
/** What a slot may take longer when there are many rows. */
const manyRowsMs = 2_000

const fewRows = [
  {
    id: 'takeover.restart',
    what: 'kill -9 to first new output, same slot',
    unit: 'ms',
    bar: msAtMost(restartMsMax),
  },
  {
    id: 'takeover.other',
    what: 'the same, another slot goes on',
    unit: 'ms',
    bar: msAtMost(otherMsMax),
  },
] as const satisfies readonly RowPlan[]

const manyRows = [
  {
    id: 'takeover1m.restart',
    what: 'same slot, with the rows of many keys',
    unit: 'ms',
    bar: msAtMost(restartMsMax + manyRowsMs),
  },
  {
    id: 'takeover1m.other',
    what: 'another slot, with them',
    unit: 'ms',
    bar: msAtMost(otherMsMax),
  },
  {
    id: 'restore',
    what: 'state lost: rows restored a second',
    unit: 'rows/s',
    rival: 'bare consume',
    bar: { of: 'ratio', is: 'at least', value: 0.5 },
  },
] as const satisfies readonly RowPlan[]

const newInput = () => newUnit('takeover-in', '').name

/** Takes over where what a unit keeps is small. */
export const takeover: Scenario = {
  rows: fewRows,
  async measure(bench) {
    const { restartMs, otherMs } = await measureTakeovers(
      bench,
      newUnit('takeover', newInput(), true),
    )
    bench.stack.report(`takeover: same slot ${restartMs} ms, another one ${otherMs} ms`)
    return new Map([
      [fewRows[0].id, { ours: restartMs }],
      [fewRows[1].id, { ours: otherMs }],
    ])
  },
}

/** The rows of many keys: restored from the changelog, kept through a restart, taken over by another. */
export const takeoverOfManyRows: Scenario = {
  rows: manyRows,
  async measure(bench) {
    const { stack, records } = bench
    const load = await rowLoad(stack, manyKeysOf(records))
    const bare = await consumeBare(stack, load.topic)
    // The load is the unit's changelog: it finds rows it has no copy of.
    const unit = { ...newUnit('takeover1m', newInput()), rows: load.topic }
    const { restoreMs, restartMs, otherMs } = await measureTakeovers(bench, unit)
    const perSecond = bare.records / (restoreMs / 1_000)
    stack.report(
      `takeover with ${bare.records} rows: same slot ${restartMs} ms, another one ${otherMs} ms; ` +
        `restored ${perSecond.toFixed(0)}/s, bare consume ${bare.perSecond.toFixed(0)}/s`,
    )
    const restoredMs = (load.keys / perSecond) * 1_000
    return new Map([
      [manyRows[0].id, { ours: restartMs }],
      [manyRows[1].id, { ours: otherMs, bar: otherMsMax + restoredMs }],
      [manyRows[2].id, { ours: perSecond, rival: bare.perSecond }],
    ])
  },
}
