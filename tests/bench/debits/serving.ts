import { closedLoad, type Load, type LoadFigures } from '#tests/bench/debits/http-load'
import { opening } from '#tests/bench/debits/requests'
import { toldBetween, transactionsOf } from '#tests/bench/debits/transactions'
import { type PaymentsBench, whileRunning } from '#tests/bench/payments/payments-bench'
import type { RunningApp } from '#tests/bench/payments/running-apps'

/** Debits as they are served: worker, edge and projector, over cards that have an account each. */
export interface Serving {
  /** Where the edge listens. */
  readonly port: number
  /** What decides. */
  readonly worker: RunningApp
  /** How many requests were answered over it so far, other than by 503: each has its decision. */
  answered(): number
  /** Debits over it. Throws where anything but 200 is answered: a rate of refusals would be none. */
  debit(load: Omit<Load, 'port' | 'path' | 'signal'>): Promise<LoadFigures>
}

/** Cards that have an account. */
export const cards = 10_000

/** Serves debits on a platform as before its first start, until the work is over. */
export const whileServing = <Result>(
  bench: PaymentsBench,
  work: (serving: Serving) => Promise<Result>,
): Promise<Result> =>
  whileRunning(bench, async () => {
    const { platform, stack } = bench
    const { signal } = stack
    await platform.fresh()
    const [worker] = await Promise.all([
      platform.start('worker'),
      platform.start('debit-edge'),
      platform.start('debit-projector'),
    ])
    const port = Number(new URL(platform.addresses.debitEdge).port)
    let answered = 0
    const run: Run = async (load) => {
      const figures = await closedLoad({ ...load, port, signal })
      // Of what was refused because too much waits nothing was asked.
      for (const [status, count] of figures.statuses) if (status !== 503) answered += count
      return figures
    }
    await openAccounts(run)
    return work({
      port,
      worker,
      answered: () => answered,
      async debit(load) {
        const before = await transactionsOf(platform)
        const figures = await run({ ...load, path: '/debito' })
        const between = toldBetween(before, await transactionsOf(platform))
        stack.report(`the authoriser: ${between}`)
        assertTaken(figures)
        return figures
      },
    })
  })

/** Longest that all of them take. */
const openedMsMax = 10 * 60_000

type Run = (load: Omit<Load, 'port' | 'signal'>) => Promise<LoadFigures>

/** Opens an account for each card; where an answer was late all are asked for again, and those that are there refused. */
async function openAccounts(run: Run): Promise<void> {
  const load = {
    path: '/conta',
    connections: 64,
    warmMs: 0,
    forMs: openedMsMax,
    requestsMax: cards,
  }
  const asked = async () => (await run({ ...load, request: opening })).statuses
  for (let areThere = false; !areThere;) {
    const statuses = await asked()
    areThere = (statuses.get(200) ?? 0) + (statuses.get(409) ?? 0) === cards
  }
}

/** Throws where anything but 200 was answered. */
export function assertTaken({ statuses }: LoadFigures): void {
  const others = [...statuses].filter(([status]) => status !== 200)
  if (others.length === 0) return
  throw new Error(
    `answered ${others.map(([status, count]) => `${status} ${count} times`).join(', ')}`,
  )
}
