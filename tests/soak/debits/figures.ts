import { percentile } from '#tests/bench/statistics'
import type { Asked, Try } from '#tests/soak/debits/asked'
import type { Strike } from '#tests/soak/debits/judge'
import { countedAs, finallyTold, isDecided, toldOf } from '#tests/soak/debits/told'

interface Given {
  readonly asked: readonly Asked[]
  readonly strikes: readonly Strike[]
}

export type Counts = readonly (readonly [what: string, count: number])[]

/** Counts by name, in the order of the names. */
function counted(names: Iterable<string>): Counts {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([one], [other]) => one.localeCompare(other))
}

const triesOf = ({ tries, others }: Asked): readonly Try[] => [...tries, ...others]

/** Requests by what they ask for. */
export const kindCounts = ({ asked }: Given): Counts => counted(asked.map(({ kind }) => kind))

/** Tries by what they were answered. */
export const answerCounts = ({ asked }: Given): Counts =>
  counted(asked.flatMap((one) => triesOf(one).map((attempt) => countedAs(one, attempt))))

/** Requests by what their client knows in the end. */
export const endCounts = ({ asked }: Given): Counts =>
  counted(
    asked.map((one) => {
      const told = finallyTold(one)
      if (isDecided(told)) return told.is
      return `never told what was decided, last ${countedAs(one, one.tries.at(-1)!)}`
    }),
  )

/** Seconds from each strike to the first approval of what was asked after it. */
export function recoveries({ asked, strikes }: Given): readonly number[] {
  const approvals = asked
    .flatMap((one) => one.tries.filter((attempt) => toldOf(one, attempt).is === 'approved'))
    .map(({ sentMs, tookMs }) => ({ sentMs, answeredMs: sentMs + tookMs }))
  return strikes.map(({ atMs }) => {
    const after = approvals.filter(({ sentMs }) => sentMs >= atMs)
    const first = after.reduce((least, one) => Math.min(least, one.answeredMs), Infinity)
    return (first - atMs) / 1_000
  })
}

/** How long tries that were answered took, milliseconds. */
export function waits({ asked }: Given) {
  const all = asked
    .flatMap(triesOf)
    .filter(({ status }) => status !== undefined)
    .map(({ tookMs }) => tookMs)
  return { p50: percentile(all, 0.5), p99: percentile(all, 0.99), max: percentile(all, 1) }
}
