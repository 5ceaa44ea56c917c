import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exportsSize } from '#tests/soak/exports/arguments'
import { reportText } from '#tests/soak/exports/report'
import { runExports } from '#tests/soak/exports/run'
import { onStack } from '#tests/soak/installed'

interface Given {
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
}

const path = fileURLToPath(new URL('exports-report.md', import.meta.url))

/** Whether every promise was kept. Writes the report. */
export async function soakExports({ report }: Given): Promise<boolean> {
  const size = exportsSize(process.env)
  report(`seed ${size.seed}, ${size.minutes} minutes, ${size.perMinute} a minute`)
  return onStack(report, async (own) => {
    const run = await runExports(own, { size, report })
    const text = reportText(run, size)
    writeFileSync(path, text)
    process.stdout.write(`${text}\n`)
    return run.violations.length === 0
  })
}
