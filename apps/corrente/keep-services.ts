import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, pidPathOf, readPidFile } from '#compose/embedded/pid-file'

interface Keeping {
  /** Names of those that have ended by themselves. */
  readonly ended: () => readonly string[]
  /** Starts what does not run. */
  readonly start: () => Promise<unknown>
  readonly report: (line: string) => void
  /** Between two looks, milliseconds. */
  readonly everyMs?: number
}

/** Of services of an installation those that run no more and that nobody stopped: who stops one removes its pid file. */
export const endedServices = (dataDir: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => {
    const pidFile = readPidFile(pidPathOf(dataDir, name))
    return pidFile !== undefined && !isAlive(pidFile, dataDir)
  })

/**
 * Starts the services of an installation again that end by themselves, as its apps are, until it is told to stop. A service
 * is looked at twice first: who stops one ends it just before its pid file goes.
 */
export function keepServices(keeping: Keeping): { stop(): Promise<void> } {
  const { ended, start, report, everyMs = 1_000 } = keeping
  const stopping = new AbortController()
  const { signal } = stopping
  const keep = async () => {
    for (let before: readonly string[] = []; ;) {
      await sleep(everyMs, undefined, { signal, ref: false })
      const now = ended()
      const gone = now.filter((name) => before.includes(name))
      before = now
      if (gone.length === 0) continue
      report(`${gone.join(' and ')} ended, started again`)
      await start().catch((error: Error) => {
        if (!signal.aborted) report(`${gone.join(' and ')}: ${error.message}`)
      })
    }
  }
  const kept = keep().catch((error: Error) => {
    if (!signal.aborted) report(`services are not kept any more: ${error.message}`)
  })
  return {
    async stop() {
      stopping.abort()
      await kept
    },
  }
}
