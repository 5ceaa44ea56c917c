import { setTimeout as sleep } from 'node:timers/promises'
import { openLogWatch } from '#tests/log-watch'
import type { DebitsSize } from '#tests/soak/debits/arguments'
import { Booked, bookTopics } from '#tests/soak/debits/booked'
import { judge, type Run, type Strike, type Verified } from '#tests/soak/debits/judge'
import { type Load, startLoad } from '#tests/soak/debits/load'
import { type DebitsInstallation, startDebits } from '#tests/soak/debits/scene'
import { settled } from '#tests/soak/debits/settled'
import { drawStrikes, strike, strikeNames } from '#tests/soak/debits/strikes'
import { verifyBooks } from '#tests/soak/debits/verify'
import { shownOf } from '#tests/soak/debits/views'
import { newRandom } from '#tests/soak/engine/random'
import type { OwnStack } from '#tests/soak/installed'

export interface DebitsRun extends Run {
  readonly violations: readonly string[]
  /** From the first request to the last one's end, milliseconds. */
  readonly tookMs: number
}

interface RunOptions {
  readonly size: DebitsSize
  readonly answerMsMax: number
  readonly report: (line: string) => void
}

/** Of the time, what passes before the first strike and after the last one is due. */
const calmShare = 0.08
/** A strike is due so long after the one before, at the least, where there are several rounds. */
const strikeMs = 20_000
const deadLetters = 'debit-authoriser.dlq'

/** Requests come while everything is killed in turn. Judged by what is left. */
export async function runDebits(own: OwnStack, options: RunOptions): Promise<DebitsRun> {
  const { size, report, answerMsMax } = options
  const installation = await startDebits(own, report)
  let load: Load | undefined
  try {
    load = await startLoad({ url: installation.url, ...size })
    const beganMs = Date.now()
    const { strikes, verified } = await struck(installation, load, options)
    await load.stop()
    const tookMs = Date.now() - beganMs
    report(`${load.asked.length} requests were made; what is open settles`)
    await settled(installation)
    const last = await verifyBooks(installation, 'at the end')
    report(`corrente debits verify at the end: exit code ${last.code}`)
    const booked = await bookedOf(own)
    const run: Run = {
      ...{ asked: load.asked, booked, strikes, answerMsMax, verified: [...verified, last] },
      shown: await shownOf(installation.url, load.asked),
    }
    return { ...run, tookMs, violations: judge(run) }
  } finally {
    await load?.abandon()
    await installation.stop()
  }
}

/** Does in turn what is done on purpose, and proves the books once in the middle of it. */
async function struck(
  installation: DebitsInstallation,
  load: Load,
  { size, report }: RunOptions,
): Promise<{ readonly strikes: readonly Strike[]; readonly verified: readonly Verified[] }> {
  const msMax = size.minutes * 60_000
  const rounds = Math.max(1, Math.floor(msMax / (strikeMs * strikeNames.length)))
  // Another sequence than that of the load, which a strike would shift.
  const names = drawStrikes(rounds, newRandom(size.seed + 1))
  const beganMs = performance.now()
  const dueMs = (n: number) => msMax * (calmShare + ((1 - 2 * calmShare) * n) / (names.length + 1))
  const due = async (n: number) => {
    await sleep(Math.max(0, beganMs + dueMs(n) - performance.now()))
    load.assertRuns()
  }
  const half = names.length / 2
  const strikes: Strike[] = []
  const verified: Verified[] = []
  for (const [n, what] of names.entries()) {
    if (n === half) {
      await due(n)
      verified.push(await verifyBooks(installation, 'while requests come'))
      report(`corrente debits verify while requests come: exit code ${verified[0]?.code}`)
    }
    await due(n < half ? n : n + 1)
    report(`${what}, ${load.asked.length} requests so far`)
    strikes.push(await strike(installation, what))
  }
  await sleep(Math.max(0, beganMs + msMax - performance.now()))
  load.assertRuns()
  return { strikes, verified }
}

/** All of the topics, as a stranger reads them. */
async function bookedOf({ stack }: OwnStack): Promise<Booked> {
  const booked = new Booked()
  let failure: unknown
  const watch = await openLogWatch(stack, [...bookTopics, deadLetters], (record) => {
    try {
      booked.note(record)
    } catch (error) {
      failure ??= error
    }
  })
  try {
    await watch.caughtUp()
  } finally {
    await watch.close()
  }
  if (failure) throw new Error('the books cannot be read', { cause: failure })
  return booked
}
