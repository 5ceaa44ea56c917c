import { measureTakeovers } from '#tests/bench/debits/failover'
import { openingOf, tokensIn, writeRequests } from '#tests/bench/debits/log-requests'
import { caughtUp } from '#tests/bench/payments/caught-up'
import { type PaymentsGroup, whileRunning } from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'

const plans = {
  same: {
    id: 'failover',
    what: 'kill -9 of the authoriser of many accounts, to the first 200 to who asks after it; same slot',
    unit: 'ms',
    bar: { of: 'ours', is: 'at most', value: 8_000 },
  },
  other: { id: 'failover.other', what: 'the same, another slot takes over', unit: 'ms' },
  restore: {
    id: 'failover.restore',
    what: 'rows that it restores from the changelog for that',
    unit: 'rows/s',
  },
} as const satisfies Record<string, RowPlan>

/** Longest that opening all accounts takes. */
const openedMsMax = 30 * 60_000

/** What a crash of the authoriser costs where it keeps many accounts. They are opened through the log, as by the edge. */
export const failingOver: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['accounts'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, stack, sizes } = bench
      await platform.fresh()
      const [worker] = await Promise.all([platform.start('worker'), platform.start('debit-edge')])
      const tokens = tokensIn(platform.folder)
      await writeRequests(stack, sizes.accounts, (n) => openingOf(tokens, n))
      await caughtUp(stack, openedMsMax)
      const { restartMs, otherMs, restore } = await measureTakeovers(bench, worker)
      const { records = 0, perSecond } = restore ?? {}
      stack.report(
        `failover: same slot ${restartMs.toFixed(0)} ms, another one ${otherMs.toFixed(0)} ms; it read ${records} records ` +
          `for it, ${perSecond ?? 0}/s`,
      )
      const samples = new Map<string, Sample>([
        [plans.same.id, { ours: restartMs }],
        [plans.other.id, { ours: otherMs }],
      ])
      if (perSecond !== undefined) samples.set(plans.restore.id, { ours: perSecond })
      return samples
    }),
}
