import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { DebitsSize } from '#tests/soak/debits/arguments'
import { answerCounts, endCounts, kindCounts, recoveries, waits } from '#tests/soak/debits/figures'
import type { DebitsRun } from '#tests/soak/debits/run'

const violationsShown = 50

const rows = (entries: readonly (readonly (string | number)[])[]): string =>
  entries.map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const table = (head: readonly string[], entries: readonly (readonly (string | number)[])[]) =>
  rows([head, head.map(() => '---'), ...entries])

const ms = (value: number) => value.toFixed(0)
const seconds = (value: number) => value.toFixed(1)

/** The report of a run as Markdown. */
export function reportText(run: DebitsRun, size: DebitsSize): string {
  const { violations, asked, booked, answerMsMax } = run
  const shown = violations.slice(0, violationsShown).map((violation) => `- ${violation}`)
  const kept = '**every promise kept**'
  const books = [...booked.accounts.values()]
  const sum = (what: 'lines' | 'entries' | 'made') =>
    books.reduce((total, account) => total + account[what].length, 0)
  const late = books.flatMap(({ made }) => made).filter(({ id }) => id.startsWith('late/'))
  const back = late.filter((one) => one.booked !== 0 || one.held !== 0)
  const wait = waits(run)
  return `# Soak: debits

Made by \`npm run soak debits\`: clients ask over HTTP for debits of every kind, and ask again under the same id where they
were told nothing, while everything is killed in turn. What they were answered is held against the topics (committed records,
decoded by a reader that is not the engine) and against Postgres as the edge shows it; \`corrente debits verify\` proves the
books besides.

${table(
  ['', ''],
  [
    ['date', new Date().toISOString().slice(0, 10)],
    ['machine', machine()],
    [
      'load average at the end (1, 5, 15 min)',
      loadavg()
        .map((one) => one.toFixed(1))
        .join(', '),
    ],
    ['seed', size.seed],
    ['new requests per second', size.perSecond],
    ['from the first to the last answer, seconds', seconds(run.tookMs / 1_000)],
    ['verdict', violations.length === 0 ? kept : `**${violations.length} violations**`],
    [
      'of them about answers that came late or not at all',
      violations.filter(isAboutWaiting).length,
    ],
  ],
)}

## What was asked

One card of sixty has a fifth of the requests, ten accounts run out; three currencies. A client in seven does not ask again, unless its
connection broke; one in ten asks again beside a try that takes long. Some repeat what was decided, some use its id for something else.

${table(['requests', 'count'], kindCounts(run))}

## What was answered

${table(['tries', 'count'], [...answerCounts(run), ['all', triesIn(run)]])}

${table(['requests, as their clients know them', 'count'], [...endCounts(run), ['all', asked.length]])}

An answer took ${ms(wait.p50)} ms (p50), ${ms(wait.p99)} ms (p99), ${ms(wait.max)} ms at most, all of the run together; it is to take at most ${ms(answerMsMax)}.

## What went wrong on purpose

${strikeTable(run)}

## What was booked

${table(
  ['', 'count'],
  [
    ['decisions', sum('made')],
    ['entries of the books', sum('entries')],
    ['lines of statements', sum('lines')],
    ['tries told to be late that the edge gave back', late.length],
    ['of these, those of which something stood', back.length],
    ['dead letters', booked.deadLetters.length],
  ],
)}
${verifiedText(run)}${violations.length === 0 ? '' : `\n## Violations\n\n${shown.join('\n')}\n`}`
}

// The others come before these: they are about money.
const isAboutWaiting = (violation: string) =>
  /waited \d+ ms for its answer$|was not answered while the edge was there/.test(violation)

const triesIn = ({ asked }: DebitsRun) =>
  asked.reduce((total, { tries, others }) => total + tries.length + others.length, 0)

const machine = () => {
  const gib = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores, ${gib} GiB; broker, Postgres, apps and clients on it`
}

function strikeTable(run: DebitsRun): string {
  const first = run.strikes[0]?.atMs ?? 0
  const again = recoveries(run)
  return table(
    [
      'what',
      'seconds after the first',
      'lasted, seconds',
      'to the next approval of what was asked after it, seconds',
    ],
    run.strikes.map(({ what, atMs, untilMs }, i) => [
      what,
      seconds((atMs - first) / 1_000),
      seconds((untilMs - atMs) / 1_000),
      seconds(again[i]!),
    ]),
  )
}

const verifiedText = ({ verified }: DebitsRun): string =>
  verified
    .map(
      ({ when, code, text }) =>
        `\n## \`corrente debits verify\` ${when}: exit code ${code}\n\n\`\`\`\n${text.trimEnd()}\n\`\`\`\n`,
    )
    .join('')
