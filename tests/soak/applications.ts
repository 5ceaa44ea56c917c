import { setTimeout as sleep } from 'node:timers/promises'
import { type Disturbance, runWithFaults } from '#tests/fault-run'
import { writeReport } from '#tests/soak/applications-report'
import { onInstallation } from '#tests/soak/installed'
import { brokerPid, restartBroker } from '#tests/soak/kill-broker'

interface Given {
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
}

const applications = Number(process.env['SOAK_APPLICATIONS'] ?? 20_000)
const msMax = Number(process.env['SOAK_MINUTES'] ?? 30) * 60_000
const workerKills = 5
const brokerPauseMs = 30_000

/** Kills spread over the run, at a random moment of their share; the broker's two between them. */
function disturbances(
  killWorker: () => Promise<number>,
  broker: { readonly pause: () => Promise<number>; readonly kill: () => Promise<number> },
): Disturbance[] {
  const within = (from: number, to: number) =>
    Math.floor(applications * (from + Math.random() * (to - from)))
  const share = 0.9 / workerKills
  const kills = Array.from({ length: workerKills }, (_, i) => ({
    what: 'kill -9 of the worker',
    atDone: within(0.03 + i * share, 0.03 + (i + 1) * share),
    strike: killWorker,
  }))
  return [
    ...kills,
    {
      what: `the broker stopped for ${brokerPauseMs / 1_000} s`,
      atDone: within(0.25, 0.4),
      strike: broker.pause,
    },
    {
      what: 'kill -9 of the broker, started again',
      atDone: within(0.55, 0.75),
      strike: broker.kill,
    },
  ]
}

/** Whether every promise was kept. Writes the report. */
export const soakApplications = ({ report }: Given): Promise<boolean> =>
  onInstallation(report, async ({ stack, installation, restart }) => {
    const { dataDir } = stack
    const broker = {
      async pause() {
        const pid = brokerPid(dataDir)
        const at = Date.now()
        process.kill(pid, 'SIGSTOP')
        await sleep(brokerPauseMs)
        process.kill(pid, 'SIGCONT')
        return at
      },
      async kill() {
        const at = Date.now()
        await restartBroker(dataDir, restart)
        return at
      },
    }
    const result = await runWithFaults(stack, installation, {
      applications,
      disturbances: disturbances(() => installation.killWorker(), broker),
      msMax,
      report,
    })
    return writeReport(result)
  })
