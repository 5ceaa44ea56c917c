import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import type { DecideFigures, DecideSpec } from '#tests/bench/debits/decide-process'
import { cards } from '#tests/bench/debits/serving'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'
import { builtProgram } from '#tests/built'

const unit = 'a CPU s'
const plans = {
  alone: {
    id: 'decide',
    what: 'the rules alone: mixed requests with ids over 10,000 accounts, what is kept of each at hand',
    unit,
    bar: { of: 'ours', is: 'at least', value: 200_000 },
  },
  whole: {
    id: 'decide.whole',
    what: 'the same with rows read and kept in memory, and every record made',
    unit,
  },
} as const satisfies Record<string, RowPlan>

const run = promisify(execFile)

/** What deciding costs, without an engine: in a process of its own, started as the worker is. */
export const deciding: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['decisions'],
  async measure({ stack, sizes }) {
    const spec: DecideSpec = { accounts: cards, decisions: sizes.decisions }
    const program = builtProgram(new URL('decide-process.ts', import.meta.url))
    const { stdout } = await run(process.execPath, [...workerNodeOptions, program], {
      env: { ...process.env, NODE_OPTIONS: '', DECIDE: JSON.stringify(spec) },
      signal: stack.signal,
    })
    const { alone, whole } = JSON.parse(stdout) as DecideFigures
    const text = (figure: number) => Math.round(figure).toLocaleString('en-US')
    stack.report(`decide: ${text(alone)} a CPU second alone, ${text(whole)} with rows and records`)
    return new Map([
      [plans.alone.id, { ours: alone }],
      [plans.whole.id, { ours: whole }],
    ])
  },
}
