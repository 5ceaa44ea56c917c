import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { peakMegabytesOf } from '#tests/bench/engine/procfs'
import { openExports, putReceipts } from '#tests/bench/exports/open-exports'
import { renderFigures } from '#tests/bench/exports/render-rows'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'

const plans = {
  tenk: {
    id: 'tenk',
    what: 'ten thousand receipts, from the request to READY, through Kafka, state and archive',
    unit: 's',
    bar: { of: 'ours', is: 'at most', value: 20 },
  },
  pdfmake: {
    id: 'tenk.ratio',
    what: 'the same; the rival is pdfmake that renders and does nothing else, on every core',
    unit: 's',
    rival: 'pdfmake',
    bar: { of: 'ratio', is: 'at most', value: 0.067 },
  },
  pack: {
    id: 'pack',
    what: 'the archive of ten thousand, from the last receipt to READY',
    unit: 's',
    bar: { of: 'ours', is: 'at most', value: 0.5 },
  },
  same: {
    id: 'same',
    what: 'archives of the same movements, by other processes, that are other bytes',
    unit: '',
    bar: { of: 'ours', is: 'at most', value: 0 },
  },
  small: {
    id: 'small',
    what: 'ten receipts asked for beside the large export, to READY',
    unit: 's',
    bar: { of: 'ours', is: 'at most', value: 5 },
  },
  hundredk: {
    id: 'hundredk',
    what: 'a hundred thousand receipts; the rival is ten thousand just before',
    unit: 's',
    rival: 'tenk',
    bar: { of: 'ratio', is: 'at most', value: 10.5 },
  },
  memory: {
    id: 'hundredk.memory',
    what: 'most memory of the worker, its threads that print included',
    unit: 'MB',
    bar: { of: 'ours', is: 'at most', value: 250 },
  },
} as const satisfies Record<string, RowPlan>

/** Exports of two sizes, one after the other, and a small one beside the large. */
export const exporting: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['documents', 'seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, sizes, stack } = bench
      const few = sizes.documents / 10
      await platform.fresh()
      await Promise.all([
        ...['one', 'two'].map((batch) => putReceipts(bench, batch, few)),
        putReceipts(bench, 'large', sizes.documents),
        putReceipts(bench, 'small', 10),
      ])
      const first = await platform.start('worker')
      const exports = await openExports(bench)
      try {
        const one = await exports.made('one')
        await first.stop()
        const worker = await platform.start('worker')
        const two = await exports.made('two')
        const large = exports.made('large')
        await exports.isPrinting('large')
        const small = await exports.made('small')
        const { seconds } = await large
        const memory = peakMegabytesOf(worker.pid)
        const rival = await pdfmakeSeconds(few, bench)
        stack.report(
          `exports: ${few} in ${one.seconds.toFixed(1)} and ${two.seconds.toFixed(1)} s, ${sizes.documents} in ` +
            `${seconds.toFixed(1)} s, 10 beside them in ${small.seconds.toFixed(2)} s; ${memory.toFixed(0)} MB`,
        )
        return new Map<string, Sample>([
          [plans.tenk.id, { ours: two.seconds }],
          [plans.pdfmake.id, { ours: two.seconds, rival }],
          [plans.pack.id, { ours: two.packSeconds }],
          [plans.same.id, { ours: one.sha256 === two.sha256 ? 0 : 1 }],
          [plans.small.id, { ours: small.seconds }],
          [plans.hundredk.id, { ours: seconds, rival: two.seconds }],
          [plans.memory.id, { ours: memory }],
        ])
      } finally {
        await exports.close()
        // Gigabytes, which nobody looks at again.
        await rm(join(platform.folder, 'objects'), { recursive: true, force: true })
      }
    }),
}

/** How long pdfmake takes for so many where nothing keeps it from any core, by its rate of the same minute. */
async function pdfmakeSeconds(documents: number, { stack, sizes }: PaymentsBench): Promise<number> {
  const spec = { seconds: sizes.seconds / 3, sides: ['rival'] as const }
  const { rival = 0 } = await renderFigures(spec, stack.signal)
  return documents / (rival * availableParallelism())
}
