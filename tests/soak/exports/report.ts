import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { ExportsSize } from '#tests/soak/exports/arguments'
import type { ExportsRun } from '#tests/soak/exports/run'

const violationsShown = 50

type Cells = readonly (string | number)[]
const rows = (entries: readonly Cells[]) =>
  entries.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
const table = (head: readonly string[], entries: readonly Cells[]) =>
  rows([head, head.map(() => '---'), ...entries])

const seconds = (ms: number) => (ms / 1_000).toFixed(1)
const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)

/** The report of a run as Markdown. */
export function reportText(run: ExportsRun, size: ExportsSize): string {
  const { violations, large } = run
  const verdict =
    violations.length === 0 ? '**every promise kept**' : `**${violations.length} violations**`
  const load = loadavg().map((one) => one.toFixed(1))
  const shown = violations.slice(0, violationsShown).map((violation) => `- ${violation}`)
  return `# Soak: exports

Made by \`npm run soak exports\`: clients ask over HTTP for exports of many sizes, some twice, some for what others asked for,
some give up, while workers, the API and the broker are killed and the object store fails. What became of each is held against
the log (committed records, decoded by a reader that is not the engine), against the archives, which Info-ZIP reads whole, and
against the object store once every time is over.

${table(
  ['', ''],
  [
    ['date', new Date().toISOString().slice(0, 10)],
    ['machine', machine()],
    ['load average at the end (1, 5, 15 min)', load.join(', ')],
    ['seed', size.seed],
    ['exports were asked for, minutes', size.minutes],
    ["from the first request to the last one's end, seconds", seconds(run.tookMs)],
    ['verdict', verdict],
  ],
)}

## What was asked, and what came of it

${table(['requests', 'count'], askedRows(run))}

${table(['exports, by the last that the log tells of them', 'count'], exportRows(run))}

## What was done on purpose

${table(
  ['what', 'at, seconds', 'lasted, seconds'],
  run.strikes.map(({ what, atMs, untilMs }) => [
    what,
    seconds(atMs - run.strikes[0]!.atMs),
    seconds(untilMs - atMs),
  ]),
)}

## Killed between storing and committing

An export of 1,000 movements for each instant: the worker is killed with -9 there, and the next one at its first request to
the store.

${table(
  ['the worker is killed once', 'the export ended as', 'after, seconds'],
  run.killPoints.map(({ what, asked, tookMs }) => [what, asked.states.at(-1)!, seconds(tookMs)]),
)}

## A file of ${mebibytes(large.bytes).toLocaleString('en')} MiB

Read, stored and split by a worker that had done nothing before; its last line has too few columns.

${table(
  ['', ''],
  [
    ['lines', large.lines.toLocaleString('en')],
    ['failed as', String(large.failure)],
    ['seconds', seconds(large.tookMs)],
    ['memory of the worker before, MiB', mebibytes(large.rssBefore)],
    ['the most of it, MiB', mebibytes(large.rssMax)],
  ],
)}
${violations.length === 0 ? '' : `\n## Violations\n\n${shown.join('\n')}\n`}`
}

function askedRows({ asked, told }: ExportsRun): readonly Cells[] {
  const count = (what: string, is: (one: (typeof asked)[number]) => unknown): Cells => [
    what,
    asked.filter((one) => is(one)).length,
  ]
  const bytes = asked.reduce((sum, { fetched }) => sum + (fetched?.bytes ?? 0), 0)
  const documents = asked.reduce((sum, { fetched }) => sum + (fetched?.documents ?? 0), 0)
  return [
    ['all', asked.length],
    count('of no movement', ({ wish }) => wish.batch.receipts === 0),
    count('of 1 to 200, a chunk', ({ wish }) => within(wish.batch.receipts, 1, 200)),
    count('of 201 to 1,000', ({ wish }) => within(wish.batch.receipts, 201, 1_000)),
    count('of 2,000 and 5,000', ({ wish }) => wish.batch.receipts > 1_000),
    count('sent twice under one key', ({ wish }) => wish.isAskedTwice),
    count('served by an export of somebody else', ({ id }) =>
      told.exportsOf(id).some(({ exportId }) => exportId !== id),
    ),
    count('given up', ({ isGivenUp }) => isGivenUp),
    count('archives fetched and read whole', ({ fetched }) => fetched),
    ['documents in them', documents.toLocaleString('en')],
    ['MiB of them', mebibytes(bytes).toLocaleString('en')],
  ]
}

const within = (value: number, least: number, most: number) => value >= least && value <= most

function exportRows({ told }: ExportsRun): readonly Cells[] {
  const counts = new Map<string, number>()
  for (const { states, failure } of told.exports()) {
    const end = [states.at(-1), failure].filter(Boolean).join(', ')
    counts.set(end, (counts.get(end) ?? 0) + 1)
  }
  return [...counts].sort()
}

const machine = () => {
  const gib = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores, ${gib} GiB; broker, apps, clients and object store on it`
}
