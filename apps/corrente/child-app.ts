import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '#apps/corrente/place'

/** An app to run as a process of its own, and how to know that it works. */
export interface ChildSpec {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Answers 200 once the app is ready. */
  readonly readyUrl: string
}

export interface ChildApp {
  readonly name: string
  /** The process that runs now; undefined where it could not be started. */
  pid(): number | undefined
  /** Drains and ends the process. */
  stop(): Promise<void>
}

const readyMsMax = 60_000
const pauseMsMax = 10_000
/** An app that lived this long was well: its next end begins with a short pause again. */
const healthyMs = 30_000

/**
 * Runs an app and starts it again whenever it ends by itself. Its output goes to `<logs>/<name>.log`.
 * Resolves once it is ready; throws with the log's path where it does not become so.
 */
export async function runChild(
  spec: ChildSpec,
  { logs, report }: { readonly logs: string; readonly report: (line: string) => void },
): Promise<ChildApp> {
  mkdirSync(logs, { recursive: true })
  const path = join(logs, `${spec.name}.log`)
  const log = createWriteStream(path, { flags: 'a' })
  let isStopping = false
  let child = spawned(spec, log)
  let pauseMs = 200

  const watch = (started: number) => {
    child.once('exit', (code, signal) => {
      if (isStopping) return
      if (performance.now() - started > healthyMs) pauseMs = 200
      report(`${spec.name} ended (${signal ?? code}), started again; its log: ${path}`)
      setTimeout(() => {
        if (isStopping) return
        child = spawned(spec, log)
        watch(performance.now())
      }, pauseMs)
      pauseMs = Math.min(pauseMsMax, pauseMs * 2)
    })
  }
  watch(performance.now())

  const stop = async () => {
    isStopping = true
    await ended(child)
    log.end()
  }
  if (!(await isReady(spec.readyUrl))) {
    await stop()
    throw new Error(`${spec.name} does not become ready; its log: ${path}`)
  }
  return { name: spec.name, pid: () => child.pid, stop }
}

function spawned(spec: ChildSpec, log: NodeJS.WritableStream): ChildProcess {
  // The channel tells the app when this process is gone, so that a killed parent leaves nothing behind.
  // A group of its own: Ctrl-C in the terminal reaches this process only, which drains the apps in order.
  const child = spawn(
    process.execPath,
    [join(root, 'bin', 'corrente.cjs'), spec.name, ...spec.args],
    { cwd: root, env: spec.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true },
  )
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  return child
}

async function isReady(url: string): Promise<boolean> {
  const deadline = performance.now() + readyMsMax
  while (performance.now() < deadline) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return true
    await sleep(100)
  }
  return false
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = new AbortController()
  await Promise.race([
    exit,
    sleep(20_000, undefined, { signal: patience.signal }).then(() => child.kill('SIGKILL')),
  ])
  patience.abort()
  await exit
}
