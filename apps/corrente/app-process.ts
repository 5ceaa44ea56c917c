import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '#apps/corrente/place'
import type { Claim } from '#compose/embedded/ports'

/** An app to run as a process of its own, and how to know that it works. */
export interface AppSpec {
  readonly name: string
  readonly args: readonly string[]
  /** Options of `node` itself. */
  readonly nodeOptions?: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** The ports it listens on. */
  readonly claims: readonly Claim[]
  /** Answers 200 once the app is ready. */
  readonly readyUrl: string
}

/** One run of an app. */
export interface AppProcess {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined
  /** Resolves with why it is gone: a signal, an exit code, or what kept it from starting. */
  readonly ended: Promise<string>
  isOver(): boolean
  /** Resolves once it answers; throws with its log's path where it ends or does not, and at an abort. */
  ready(signal?: AbortSignal): Promise<void>
  /** Drains and ends it: SIGTERM, after 20 s SIGKILL. */
  drain(): Promise<void>
  /** SIGKILL. */
  kill(): void
}

const readyMsMax = 60_000
const drainMsMax = 20_000

export const logPathOf = (logs: string, name: string): string => join(logs, `${name}.log`)

/** Starts an app; its output is appended to `<logs>/<name>.log`. */
export function spawnApp(spec: AppSpec, logs: string): AppProcess {
  mkdirSync(logs, { recursive: true })
  const path = logPathOf(logs, spec.name)
  const log = openSync(path, 'a')
  // The channel tells the app when this process is gone, so that a killed parent leaves nothing behind.
  // A group of its own: Ctrl-C in the terminal reaches this process only, which drains the apps in order.
  const child = spawn(
    process.execPath,
    [...(spec.nodeOptions ?? []), join(root, 'bin', 'corrente.cjs'), spec.name, ...spec.args],
    { cwd: root, env: spec.env, stdio: ['ignore', log, log, 'ipc'], detached: true },
  )
  closeSync(log)
  let isOver = false
  const ended = new Promise<string>((resolve) => {
    child.on('error', ({ message }) => {
      // A signal that could not be sent is an error too, and no end.
      if (child.pid === undefined) resolve(message)
    })
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  void ended.then(() => (isOver = true))

  return {
    pid: child.pid,
    ended,
    isOver: () => isOver,
    kill: () => void child.kill('SIGKILL'),
    async ready(signal) {
      const deadline = performance.now() + readyMsMax
      for (;;) {
        const isAnswered = await isAnswering(spec.readyUrl)
        signal?.throwIfAborted()
        // The answer may be another program's: an app that is over was not ready.
        if (isOver) throw new Error(`${spec.name} cannot start (${await ended}); its log: ${path}`)
        if (isAnswered) return
        if (performance.now() > deadline) {
          throw new Error(`${spec.name} does not become ready; its log: ${path}`)
        }
        await sleep(100)
      }
    },
    async drain() {
      if (isOver) return
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), drainMsMax)
      await ended
      clearTimeout(patience)
    },
  }
}

async function isAnswering(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
