import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { onInstallation } from '#tests/soak/installed'
import { outageSize } from '#tests/soak/outage/arguments'
import type { Bounds } from '#tests/soak/outage/judged-run'
import { reportText } from '#tests/soak/outage/report'
import { runOutage } from '#tests/soak/outage/run'

interface Given {
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
}

const path = fileURLToPath(new URL('outage-report.md', import.meta.url))
const kills = ['worker', 'payment proxy', 'poller'] as const
/** Open payments are asked about from their first minute on: it is to be as often before the outage as in it. */
const warmMsMax = 90_000
const beforeMs = 60_000
const marginMsMax = 45_000
/** `concurrencyPerParty` of the opener, twice: those called at once, and those parked in one millisecond. */
const overtakenMax = 32
/** Open payments asked about, of a connector; at the poller's own bound their checks would take most of a small machine. */
const checksPerSecond = 10
const ratioMax = { p50: 1.5, p99: 2 }

/** Whether every promise was kept. Writes the report. */
export async function soakOutage({ report }: Given): Promise<boolean> {
  const size = outageSize(process.env)
  process.env['POLLER_CONNECTOR_CALLS_PER_SECOND'] = String(checksPerSecond)
  report(`seed ${size.seed}, ${size.payments} payments for each party, ${size.perSecond}/s`)
  return onInstallation(report, async ({ stack, installation }) => {
    const awayMs = (size.payments / size.perSecond) * 1_000
    // A short outage is to try the run itself: what is left around four margins is to be enough.
    const marginMs = Math.min(marginMsMax, awayMs / 8)
    const warmMs = Math.min(warmMsMax, awayMs / 2)
    const bounds: Bounds = { ratioMax, overtakenMax, marginMs }
    const result = await runOutage(stack, installation, {
      ...{ size, warmMs, beforeMs, bounds, report },
      kills: [...kills, ...kills],
    })
    const text = reportText(result, { ...size, checksPerSecond, warmMs }, bounds)
    writeFileSync(path, text)
    process.stdout.write(`${text}\n`)
    return result.violations.length === 0
  })
}
