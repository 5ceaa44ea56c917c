import { setTimeout as sleep } from 'node:timers/promises'
import { batchWritten } from '#tests/bench/debits/batch-rival'
import { debitOf, openingOf, tokensIn, writeRequests } from '#tests/bench/debits/log-requests'
import { projectorNumbers, rowCounts } from '#tests/bench/debits/projected'
import { cards } from '#tests/bench/debits/serving'
import { caughtUp } from '#tests/bench/payments/caught-up'
import {
  type PaymentsBench,
  type PaymentsGroup,
  whileRunning,
} from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'
import { until } from '#tests/until'

const rival = 'batch writer'
const plans = {
  rows: {
    id: 'projection',
    what: 'rows inserted into Postgres, catching up from a start: five a debit, the rival one; updates of accounts are not counted',
    unit: 'rows/s',
    rival,
    bar: { of: 'ratio', is: 'at least', value: 0.8 },
  },
  debits: { id: 'projection.debits', what: 'the same, in debits', unit: '/s', rival },
} as const satisfies Record<string, RowPlan>

/** The rival writes for a third of what a rate is measured for. */
const slices = 3
const throughMsMax = 15 * 60_000

/** What the projector writes where it is far behind, against whoever writes batches of what he decides himself. */
export const projecting: PaymentsGroup = {
  rows: Object.values(plans),
  sizes: ['projected', 'seconds'],
  measure: (bench) =>
    whileRunning(bench, async () => {
      const { platform, stack, sizes } = bench
      await decided(bench)
      const { databaseUrl } = platform
      const forMs = (sizes.seconds * 1_000) / slices
      const { perSecond: theirs } = await batchWritten({ databaseUrl, cards, forMs }, stack.signal)
      const { rows, decisions, seconds } = await projected(bench)
      const [perSecond, debitsPerSecond] = [rows / seconds, decisions / seconds]
      stack.report(
        `projection: ${rows} rows of ${decisions} decisions in ${seconds.toFixed(1)} s, ` +
          `${perSecond.toFixed(0)} rows/s, ${debitsPerSecond.toFixed(0)} debits/s; ` +
          `the batch writer ${theirs.toFixed(0)} rows/s, as many debits/s`,
      )
      return new Map([
        [plans.rows.id, { ours: perSecond, rival: theirs }],
        [plans.debits.id, { ours: debitsPerSecond, rival: theirs }],
      ])
    }),
}

/** Has debits decided while no projector runs. */
async function decided({ platform, stack, sizes }: PaymentsBench): Promise<void> {
  await platform.fresh()
  await platform.start('worker')
  const tokens = tokensIn(platform.folder)
  await writeRequests(stack, cards, (n) => openingOf(tokens, n))
  await writeRequests(stack, sizes.projected, (n) => debitOf(tokens, n % cards))
  await caughtUp(stack)
  await platform.stop()
}

interface Written {
  /** Inserted, of all tables but that of accounts. */
  readonly rows: number
  readonly decisions: number
  /** From the start of the process until nothing was left. */
  readonly seconds: number
}

async function projected({ platform, stack, sizes }: PaymentsBench): Promise<Written> {
  const beganAtMs = performance.now()
  platform.launch('debit-projector')
  const decided = sizes.projected + cards
  const isThrough = async () => {
    // Each is a decision, an entry and a line.
    if (((await projectorNumbers(platform)).records ?? 0) >= 3 * decided) return true
    await sleep(50)
    return false
  }
  await until('the projector', isThrough, { msMax: throughMsMax, signal: stack.signal })
  const seconds = (performance.now() - beganAtMs) / 1_000
  const { accounts: _, ...inserted } = await rowCounts(platform)
  const { decisions } = inserted
  if (decisions !== decided) throw new Error(`${decisions} decisions are rows, of ${decided}`)
  return { rows: Object.values(inserted).reduce((sum, rows) => sum + rows, 0), decisions, seconds }
}
