import { setTimeout as sleep } from 'node:timers/promises'
import { type AppSpec, logPathOf, spawnApp } from '#apps/corrente/app-process'

/** An app that is kept running. */
export interface ChildApp {
  readonly name: string
  /** Of the process that runs now, or ran last. */
  pid(): number | undefined
  /** SIGKILL to the process that runs now; the next is started. */
  kill(): void
  /** Drains and ends the process. */
  stop(): Promise<void>
}

interface ChildOptions {
  /** Folder of the logs. */
  readonly logs: string
  readonly report: (line: string) => void
  /** Ends the waiting for a first start. */
  readonly signal?: AbortSignal | undefined
}

const pauseMsMin = 200
const pauseMsMax = 10_000
/** An app that lived this long was well: its next end begins with a short pause again. */
const healthyMs = 30_000

/**
 * Runs an app and, once it was ready, starts it again whenever it ends by itself. Resolves when it is ready; throws
 * with the log's path where it ends before, or does not become so.
 */
export async function runChild(spec: AppSpec, options: ChildOptions): Promise<ChildApp> {
  const { logs, report, signal } = options
  const stopping = new AbortController()
  let app = spawnApp(spec, logs)
  try {
    await app.ready(signal)
  } catch (error) {
    await app.drain()
    throw error
  }

  const keepRunning = async () => {
    for (let pauseMs = pauseMsMin; ; pauseMs = Math.min(pauseMsMax, pauseMs * 2)) {
      const begun = performance.now()
      const cause = await app.ended
      if (stopping.signal.aborted) return
      if (performance.now() - begun > healthyMs) pauseMs = pauseMsMin
      report(`${spec.name} ended (${cause}), started again; its log: ${logPathOf(logs, spec.name)}`)
      await sleep(pauseMs, undefined, { signal: stopping.signal })
      stopping.signal.throwIfAborted()
      app = spawnApp(spec, logs)
    }
  }
  // A stop ends the pause by an error. A log that cannot be opened any more is one, too.
  keepRunning().catch((error: Error) => {
    if (!stopping.signal.aborted) report(`${spec.name} is not started again: ${error.message}`)
  })
  return {
    name: spec.name,
    pid: () => app.pid,
    kill: () => app.kill(),
    async stop() {
      stopping.abort()
      await app.drain()
    },
  }
}
