import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { OutageSize } from '#tests/soak/outage/arguments'
import type { Bounds } from '#tests/soak/outage/judged-run'
import { phases, type Latency, type Phase } from '#tests/soak/outage/latencies'
import type { OutageResult } from '#tests/soak/outage/run'

const violationsShown = 50

const rows = (entries: readonly (readonly (string | number)[])[]): string =>
  entries.map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const ms = (value: number) => value.toFixed(0)
const seconds = (value: number) => (value / 1_000).toFixed(1)

/** How a run was set. */
interface Settings extends OutageSize {
  readonly checksPerSecond: number
  readonly warmMs: number
}

/** The report of a run as Markdown. */
export function reportText(result: OutageResult, size: Settings, bounds: Bounds): string {
  const { violations, counts, marks, goneMs, kills } = result
  const awayMs = marks.returnedMs - marks.awayMs
  const gib = Math.round(totalmem() / 2 ** 30)
  const load = loadavg().map((number) => number.toFixed(1))
  const shown = violations.slice(0, violationsShown).map((violation) => `- ${violation}`)
  const kept = '**every promise kept**'
  const verdict = violations.length === 0 ? kept : `**${violations.length} violations**`
  return `# Soak: an intermediary that is away

Made by \`npm run soak outage\`: payments are asked for at two parties, one goes away, and everything of ours is killed in
turn meanwhile; it returns. A reader that is not the engine reads the log (committed records, decoded by the registry), and
both parties count debt positions.

${rows([
  ['', ''],
  ['---', '---'],
  ['date', new Date().toISOString().slice(0, 10)],
  ['machine', `${availableParallelism()} cores, ${gib} GiB; broker, apps and both parties on it`],
  ['load average at the end (1, 5, 15 min)', load.join(', ')],
  ['seed', size.seed],
  ['applications for each party while one was away', size.payments],
  ['pace of each party, applications per second', size.perSecond],
  ['open payments asked about, at most per second (a setting of the poller)', size.checksPerSecond],
  [
    'before, both answering: not looked at, and then, seconds',
    `${seconds(size.warmMs)}, ${seconds(marks.awayMs - marks.beforeMs)}`,
  ],
  ['away, seconds', seconds(awayMs)],
  [
    'of them it took connections and said nothing (then it took none)',
    seconds(goneMs - marks.awayMs),
  ],
  ['verdict', verdict],
])}

The party was away for as long as its applications took to be published at that pace: ${seconds(awayMs)} s, not an hour. Pauses and
delays are those of production, whose longest (30 s) is reached within a minute.

## The other party's latency

From when an application was due to when its payment could be paid (PAYMENT_PENDING, committed), milliseconds. What was due
within ${seconds(bounds.marginMs)} s of a kill of the worker stands apart. The last row is the time in which all that waited was created.
Before the outage both parties have their applications at that pace, until the poller asks about as many open payments a second
as ever: what is compared differs by the outage alone.

${rows([['applications due', 'count', 'p50', 'p99', 'max', 'p50 by that before', 'p99 by that before'], Array<string>(7).fill('---'), ...latencyRows(result.latencies)])}

While it is away, p50 is to be at most ${bounds.ratioMax.p50} times that before, p99 at most ${bounds.ratioMax.p99} times.

${returnText(result, bounds)}

## What went wrong on purpose

${rows([['kill -9 of', 'seconds after the party went away'], ['---', '---'], ...kills.map(({ what, atMs }) => [what, seconds(atMs - marks.awayMs)])])}

## What was counted

${rows([['what', 'count'], ['---', '---'], ...Object.entries(counts)])}
${violations.length === 0 ? '' : `\n## Violations\n\n${shown.join('\n')}\n`}`
}

const returnText = (
  { marks, firstOpenedMs, order }: OutageResult,
  { overtakenMax }: Bounds,
): string => `## The return

${rows([
  ['', ''],
  ['---', '---'],
  [
    'from the return to the first of its payments, seconds',
    seconds(firstOpenedMs - marks.returnedMs),
  ],
  ['to the last of those that waited, seconds', seconds(marks.caughtUpMs - marks.returnedMs)],
])}

Applications for both went on at the same pace meanwhile.

## Order

Per payment: CREATION_PENDING, then PAYMENT_PENDING, counted below. Of those that waited for
one body the longest waiting comes first, as many at once as calls may be out. Each body of the intermediary has its own
circuit, which closes with its own next probe, within 30 s: of two bodies there is no order.

${rows([
  ['of those that waited', ''],
  ['---', '---'],
  ['the most of its body that overtook one, of those that were not tried', order.overtakenMax],
  ['bound of it', overtakenMax],
  ['tried in vain while the party was away, with a delay of their own since', order.tried],
  [
    'largest displacement in rank over all bodies, those that were tried too',
    order.displacementMax,
  ],
])}`

function latencyRows(latencies: Partial<Record<Phase, Latency>>): (string | number)[][] {
  const { before } = latencies
  return phases.flatMap((phase) => {
    const found = latencies[phase]
    if (!found) return []
    const { count, p50, p99, max } = found
    const ratio = (share: 'p50' | 'p99') =>
      before ? (found[share] / before[share]).toFixed(2) : '-'
    return [[phase, count, ms(p50), ms(p99), ms(max), ratio('p50'), ratio('p99')]]
  })
}
