import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { logPathOf } from '#apps/corrente/app-process'
import { withAdmin } from '#apps/platform/admin'
import { partitionOf } from '#core/partition-of'
import { debits } from '#schemas/topics'
import { HttpOpenLoop } from '#tests/bench/debits/http-open-loop'
import { tokensIn } from '#tests/bench/debits/log-requests'
import { partitionsOfSlot } from '#tests/bench/debits/owned-by'
import { debiting, numberOf } from '#tests/bench/debits/requests'
import { lastRestoreIn, type Restore } from '#tests/bench/debits/restored'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import type { RunningApp } from '#tests/bench/payments/running-apps'
import { until } from '#tests/until'

/** What it took, and how it came to its rows. */
export interface Takeovers {
  /** From kill -9 to the first 200 to a request that was made after it, of the same slot, started again at once. */
  readonly restartMs: number
  /** The same for accounts of the partitions that were killed, which a process in another slot takes over. */
  readonly otherMs: number
  /** What that one read of its changelog for it. */
  readonly restore: Restore | undefined
}

/** Debits of any of these accounts, with which it is found out who decides. */
const perSecond = 200
const settledMs = 3_000
const waitedMsMax = 5 * 60_000

/** Kills the authoriser twice while debits of many accounts are asked for. */
export async function measureTakeovers(
  bench: PaymentsBench,
  worker: RunningApp,
): Promise<Takeovers> {
  const { platform, stack, sizes } = bench
  const { signal } = stack
  const within = { msMax: waitedMsMax, signal }
  const cardOf = (n: number) => (n * 7_919) % sizes.accounts
  const loop = new HttpOpenLoop({
    port: Number(new URL(platform.addresses.debitEdge).port),
    path: '/debito',
    perSecond,
    request: debiting(cardOf, { hasId: true }),
  })
  const tokens = tokensIn(platform.folder)
  const partitionOfRequest = (n: number) =>
    partitionOf(tokens.cardId(numberOf(cardOf(n))), debits.partitions)
  const settle = () => sleep(settledMs, undefined, { signal })
  try {
    await until('debits to be taken', () => loop.answerTo(0)?.status === 200, within)
    await settle()
    const killedMs = await worker.kill()
    const same = platform.launch('worker')
    const restartMs = (await firstTaken(loop, killedMs, () => true, within)) - killedMs
    await same.ready()
    await settle()

    const second = await platform.start('second-worker')
    const owned = await withAdmin(stack.kafka, async (admin) => {
      let held: ReadonlySet<number> = new Set()
      const isDealt = async () => {
        held = await partitionsOfSlot(admin, '0')
        return held.size > 0 && held.size < debits.partitions
      }
      await until('both to hold partitions', isDealt, within)
      return held
    })
    // Those that the second one has taken are decided on by it, rows and all.
    const nowMs = performance.now()
    await firstTaken(loop, nowMs, (n) => !owned.has(partitionOfRequest(n)), within)
    await settle()
    const log = logPathOf(join(platform.folder, 'logs'), 'worker')
    const from = statSync(log).size
    const killedAgainMs = await same.kill()
    const isOfKilled = (n: number) => owned.has(partitionOfRequest(n))
    const otherMs = (await firstTaken(loop, killedAgainMs, isOfKilled, within)) - killedAgainMs
    second.assertRuns()
    return { restartMs, otherMs, restore: lastRestoreIn(log, from) }
  } finally {
    await loop.stop()
  }
}

/** When the first request that was due after a moment, and is one of those that count, was answered 200. */
async function firstTaken(
  loop: HttpOpenLoop,
  afterMs: number,
  counts: (n: number) => boolean,
  within: { readonly msMax: number; readonly signal: AbortSignal },
): Promise<number> {
  let first = loop.sent
  while (first > 0 && loop.plannedMs(first - 1) > afterMs) first -= 1
  let answeredMs = Infinity
  const isTaken = () => {
    for (let n = first; n < loop.sent; n++) {
      const answer = loop.answerTo(n)
      if (answer?.status !== 200 || !counts(n)) continue
      answeredMs = Math.min(answeredMs, answer.answeredMs)
    }
    return answeredMs < Infinity
  }
  await until('a debit to be taken again', isTaken, within)
  return answeredMs
}
