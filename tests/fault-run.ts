import { setTimeout as sleep } from 'node:timers/promises'
import { configureBody } from '#tests/body'
import { type Judgement, openChecker } from '#tests/checker'
import type { TestInstallation } from '#tests/installation'
import { coreAt, intermediaryAt } from '#tests/outside-parties'
import type { TestStack } from '#tests/stack'
import { type ApplicationJson, newApplication, openUpstream } from '#tests/upstream'

/** Something that goes wrong once so many of the applications are done. */
export interface Disturbance {
  readonly what: string
  readonly atDone: number
  /** Resolves with the moment it began, epoch milliseconds. */
  strike(): Promise<number>
}

interface FaultRunOptions {
  readonly applications: number
  readonly disturbances: readonly Disturbance[]
  /** Longest time from the first application to the last outcome, milliseconds. */
  readonly msMax: number
  readonly report: (line: string) => void
}

export interface FaultRunResult extends Judgement {
  /** From the first application published to the last outcome at the Core, seconds. */
  readonly seconds: number
  readonly struck: readonly { readonly what: string; readonly done: number; readonly at: number }[]
}

const bodies = 12
const outstandingMax = 4_000
const chunk = 250
const pollMs = 50
const settleMsMax = 60_000

/** Cents that make the sandbox pay at once. */
const amountOf = (i: number) => `${10 + (i % 90)}.77`

/** Sends applications through everything while things go wrong, and has an independent reader judge what is left. */
export async function runWithFaults(
  stack: TestStack,
  installation: TestInstallation,
  options: FaultRunOptions,
): Promise<FaultRunResult> {
  const { addresses } = installation
  const core = coreAt(addresses.core)
  const intermediary = intermediaryAt(addresses.examplepay)
  const applications = await made(stack, addresses.core, options.applications)
  await core.registerAll(applications.map(({ id }) => id))
  const before = { core: await core.counters(), intermediary: await intermediary.counters() }
  const done = async () => (await core.counters()).outcomes_ok - before.core.outcomes_ok

  const startedAt = Date.now()
  const feeding = new AbortController()
  const fed = feed(stack, applications, done, feeding.signal)
  const { struck, late } = await untilDone(options, done, startedAt, fed).finally(() =>
    feeding.abort(),
  )
  const seconds = (Date.now() - startedAt) / 1_000
  await fed

  const ids = new Set(applications.map(({ id }) => id))
  const checker = await openChecker({ ...stack, applications: ids, startedAt })
  try {
    const isTold = () => checker.told() >= ids.size || undefined
    await checker.watch
      .until('that every payment says it was told', isTold, settleMsMax)
      .catch((error: Error) => options.report(error.message))
    // What would come twice has its time to come.
    await sleep(1_000)
    await checker.watch.caughtUp()
    const judgement = checker.judge(struck.map(({ at }) => at))
    const found = { core: await core.counters(), intermediary: await intermediary.counters() }
    const outside = outsideOf(before, found)
    return {
      ...judgement,
      counts: { ...judgement.counts, ...outside },
      violations: [...late, ...judgement.violations, ...outsideViolations(outside, ids.size)],
      seconds,
      struck,
    }
  } finally {
    await checker.watch.close()
  }
}

async function made(stack: TestStack, coreUrl: string, count: number): Promise<ApplicationJson[]> {
  const configured = await Promise.all(Array.from({ length: bodies }, () => configureBody(stack)))
  return Array.from({ length: count }, (_, i) =>
    newApplication({ coreUrl, amount: amountOf(i), ...configured[i % bodies]! }),
  )
}

/** Publishes as fast as they are worked off; a chunk that was not acknowledged is told again. */
async function feed(
  stack: TestStack,
  applications: readonly ApplicationJson[],
  done: () => Promise<number>,
  signal: AbortSignal,
): Promise<void> {
  const upstream = await openUpstream(stack)
  try {
    for (let i = 0; i < applications.length && !signal.aborted;) {
      if (i - (await done()) > outstandingMax) {
        await sleep(pollMs)
        continue
      }
      const isSent = await upstream.applications(applications.slice(i, i + chunk)).then(
        () => true,
        () => false,
      )
      if (isSent) i += chunk
    }
  } finally {
    await upstream.close()
  }
}

async function untilDone(
  { applications, disturbances, msMax, report }: FaultRunOptions,
  done: () => Promise<number>,
  startedAt: number,
  fed: Promise<void>,
) {
  const waiting = [...disturbances].sort((one, other) => one.atDone - other.atDone)
  const struck: { what: string; done: number; at: number }[] = []
  let failure: unknown
  fed.catch((error: unknown) => (failure = error))
  for (;;) {
    const count = await done()
    if (failure) throw new Error('the applications cannot be published', { cause: failure })
    const next = waiting[0]
    if (next && count >= next.atDone) {
      waiting.shift()
      report(`${next.what} at ${count} of ${applications}`)
      struck.push({ what: next.what, done: count, at: await next.strike() })
      continue
    }
    if (count >= applications && !next) return { struck, late: [] }
    if (Date.now() - startedAt > msMax) {
      return { struck, late: [`only ${count} of ${applications} were done within ${msMax} ms`] }
    }
    await sleep(pollMs)
  }
}

type Counters = Record<'core' | 'intermediary', object>

const outsideOf = (before: Counters, after: Counters): Record<string, number> => {
  const grown = (party: keyof Counters, member: string) =>
    (after[party] as Record<string, number>)[member]! -
    (before[party] as Record<string, number>)[member]!
  return {
    'debt positions': grown('intermediary', 'debt_positions'),
    'creation requests': grown('intermediary', 'creation_requests'),
    settlements: grown('intermediary', 'settlements'),
    'outcomes OK': grown('core', 'outcomes_ok'),
    'outcomes KO': grown('core', 'outcomes_ko'),
    'outcome requests': grown('core', 'outcome_requests'),
  }
}

function outsideViolations(outside: Record<string, number>, count: number): string[] {
  const wanted = {
    'debt positions': count,
    settlements: count,
    'outcomes OK': count,
    'outcomes KO': 0,
  }
  return Object.entries(wanted).flatMap(([what, number]) =>
    outside[what] === number ? [] : [`${what}: ${outside[what]}, not ${number}`],
  )
}
