import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FaultRunResult } from '#tests/fault-run'

const path = fileURLToPath(new URL('applications-report.md', import.meta.url))
const violationsShown = 50

const rows = (entries: readonly (readonly (string | number)[])[]): string =>
  entries.map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Writes what the run left to `tests/soak/applications-report.md`; whether every promise was kept. */
export function writeReport(result: FaultRunResult): boolean {
  const { violations, counts, seconds, struck, takeoversMs } = result
  const isGood = violations.length === 0
  const gib = Math.round(totalmem() / 2 ** 30)
  const load = loadavg().map((number) => number.toFixed(1))
  const rate = Math.round((counts['applications'] ?? 0) / seconds)
  const faults = struck.map(({ what, done }, i) => [what, done, takeoversMs[i] ?? 'never'])
  const shown = violations.slice(0, violationsShown).map((violation) => `- ${violation}`)
  const text = `# Soak

Made by \`npm run soak applications\`: applications that pay by themselves flow through every app while things are killed; then a
reader that is not the engine reads the whole log (committed records, decoded by the registry) and counts.

${rows([
  ['', ''],
  ['---', '---'],
  ['date', new Date().toISOString().slice(0, 10)],
  ['machine', `${availableParallelism()} cores, ${gib} GiB`],
  ['load average at the end (1, 5, 15 min)', load.join(', ')],
  ['seconds from the first application to the last outcome', seconds.toFixed(1)],
  ['payments per second, faults included', rate],
  ['verdict', isGood ? '**every promise kept**' : `**${violations.length} violations**`],
])}

## What went wrong on purpose

${rows([['fault', 'payments done by then', 'next version written, ms after its beginning'], ['---', '---', '---'], ...faults])}

## What was counted

${rows([['what', 'count'], ['---', '---'], ...Object.entries(counts)])}
${isGood ? '' : `\n## Violations\n\n${shown.join('\n')}\n`}`
  writeFileSync(path, text)
  process.stdout.write(`${text}\n`)
  return isGood
}
