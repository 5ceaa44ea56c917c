import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { debitsSize } from '#tests/soak/debits/arguments'
import { reportText } from '#tests/soak/debits/report'
import { runDebits } from '#tests/soak/debits/run'
import { onStack } from '#tests/soak/installed'

interface Given {
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
}

const path = fileURLToPath(new URL('debits-report.md', import.meta.url))
/** The edge answers within 3 s; the rest is for a machine on which everything starts anew. */
const answerMsMax = 3_000 + 1_500

/** Whether every promise was kept. Writes the report. */
export async function soakDebits({ report }: Given): Promise<boolean> {
  const size = debitsSize(process.env)
  report(`seed ${size.seed}, ${size.minutes} minutes, ${size.perSecond}/s`)
  return onStack(report, async (own) => {
    const run = await runDebits(own, { size, answerMsMax, report })
    const text = reportText(run, size)
    writeFileSync(path, text)
    process.stdout.write(`${text}\n`)
    return run.violations.length === 0
  })
}
