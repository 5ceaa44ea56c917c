import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RenderFigures, RenderSpec } from '#tests/bench/exports/render-process'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'
import { builtProgram } from '#tests/built'

const plans = {
  rate: {
    id: 'render',
    what: 'receipts with twelve lines and a QR code, tagged, fonts in the file, of one process',
    unit: 'a CPU s',
    bar: { of: 'ours', is: 'at least', value: 1_200 },
  },
  ratio: {
    id: 'render.ratio',
    what: 'the same, beside pdfmake as it is documented, which does not tag',
    unit: 'a CPU s',
    rival: 'pdfmake',
    bar: { of: 'ratio', is: 'at least', value: 40 },
  },
} as const satisfies Record<string, RowPlan>

const run = promisify(execFile)

/** Receipts a CPU second of each side, one after the other, in a process of its own. */
export async function renderFigures(spec: RenderSpec, signal: AbortSignal): Promise<RenderFigures> {
  const program = builtProgram(new URL('render-process.ts', import.meta.url))
  const { stdout } = await run(process.execPath, [program], {
    env: { ...process.env, NODE_OPTIONS: '', RENDER: JSON.stringify(spec) },
    signal,
  })
  return JSON.parse(stdout) as RenderFigures
}

/** What a document costs, without an engine. */
export const rendering: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['seconds'],
  async measure({ stack, sizes }) {
    const spec: RenderSpec = { seconds: sizes.seconds / 3, sides: ['ours', 'rival'] }
    const { ours = 0, rival = 0 } = await renderFigures(spec, stack.signal)
    stack.report(`render: ${ours.toFixed(0)} a CPU second, pdfmake ${rival.toFixed(1)}`)
    return new Map([
      [plans.rate.id, { ours }],
      [plans.ratio.id, { ours, rival }],
    ])
  },
}
