import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Outcome, Scenario, SoakSize } from '#tests/soak/engine/scenario'

/** One scenario of a run; no outcome where it was skipped or broke. */
export interface Played {
  readonly scenario: Scenario
  readonly seconds: number
  readonly outcome?: Outcome
  readonly skipped?: string
  readonly failure?: string
}

const path = fileURLToPath(new URL('../engine-report.md', import.meta.url))

export const violationsOf = ({ outcome, failure }: Played): readonly string[] => [
  ...(failure === undefined ? [] : [failure]),
  ...(outcome?.found.flatMap(({ violations }) => violations) ?? []),
]

const numbers = (value: number | string) =>
  typeof value === 'number' ? value.toLocaleString('en') : value

function sectionOf(played: Played): string {
  const { scenario, seconds, outcome, skipped, failure } = played
  const head = `## ${scenario.title} (\`${scenario.name}\`)\n`
  if (skipped !== undefined) return `${head}\nSkipped: ${skipped}.\n`
  const broke = failure === undefined ? '' : `\n**It broke**: ${failure}\n`
  if (!outcome) return head + broke
  const counts = Object.entries(outcome.counts).map(([what, n]) => `| ${what} | ${numbers(n)} |`)
  const found = outcome.found.map(
    ({ promise, violations }) =>
      `| ${promise} | ${violations.length === 0 ? 'ok' : '**violated**'} |`,
  )
  const violations = violationsOf(played).map((sentence) => `- ${sentence}`)
  return [
    head,
    `${outcome.done.join('; ')}. ${seconds.toFixed(0)} s.`,
    '',
    ['| promise | |', '| --- | --- |', ...found].join('\n'),
    '',
    ['| counted | |', '| --- | --- |', ...counts].join('\n'),
    violations.length === 0 ? '' : `\n${violations.join('\n')}\n`,
  ].join('\n')
}

/** The report of a run as Markdown. */
export function reportText(all: readonly Played[], { records, kills, seed }: SoakSize): string {
  const gib = Math.round(totalmem() / 2 ** 30)
  const load = loadavg().map((number) => number.toFixed(1))
  const violated = all.flatMap(violationsOf).length
  const seconds = all.reduce((sum, played) => sum + played.seconds, 0)
  const skipped = all.filter((played) => played.skipped !== undefined).length
  const verdict = violated === 0 ? '**every promise kept**' : `**${violated} violations**`
  return `# Soak of the engine

Made by \`npm run soak engine\`: an embedded broker and registry, workers as processes of their own, and a checker that
is not the engine (kafkajs, avsc with the schemas the registry gives, committed records only). Events are numbered, so
that what is lost, doubled or out of order is seen; outside parties keep an account of their own.

|  |  |
| --- | --- |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${availableParallelism()} cores, ${gib} GiB |
| load average at the end (1, 5, 15 min) | ${load.join(', ')} |
| seed | ${seed} |
| records and kills of the first scenario | ${numbers(records)}, ${kills} |
| seconds | ${seconds.toFixed(0)} |
| skipped | ${skipped} |
| verdict | ${verdict} |

${all.map(sectionOf).join('\n')}`
}

export function writeReport(text: string): void {
  writeFileSync(path, text)
}
