import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { isAlive, pidPathOf, readPidFile, writePidFile } from '#compose/embedded/pid-file'

export interface ChildCommand {
  /** Names the pid file and the log files. */
  readonly name: string
  readonly command: string
  /** Must mention a path below the data folder: by it the child is recognised as ours. */
  readonly args: readonly string[]
  readonly dataDir: string
  readonly portBase: number
  /** Where it runs; the data folder unless said otherwise. */
  readonly cwd?: string
  /** Whom it runs as; as ourselves unless said otherwise. */
  readonly user?: ServerUser | undefined
  /** How it is asked to end; SIGTERM unless said otherwise. */
  readonly stopSignal?: NodeJS.Signals
}

/** An account without rights of its own. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

export interface Child {
  /** Why the child is gone, once it is. */
  ended(): string | undefined
}

// Waits for a line, then becomes the command. A launcher killed before it gave the line ends the shell with it.
const gate = 'read -r line && exec "$@" </dev/null'

/**
 * Starts a child that outlives us: own group (the terminal's Ctrl-C is not its), output to a file. The command
 * begins only once the pid file is written: none ever runs that `stopChild` could not find.
 */
export const startChild = (given: ChildCommand): Child => {
  const { name, command, args, dataDir, portBase, cwd = dataDir, user, stopSignal } = given
  const logs = join(dataDir, 'logs')
  mkdirSync(logs, { recursive: true })
  const output = openSync(join(logs, `${name}.out`), 'w')
  let ending: string | undefined
  const child = spawn('sh', ['-c', gate, 'sh', command, ...args], {
    detached: true,
    stdio: ['pipe', output, output],
    cwd,
    ...user,
  })
  // A shell that is gone already says so by its exit.
  child.stdin?.once('error', () => undefined)
  child.once('error', (error) => (ending = error.message))
  child.once('exit', (code, signal) => (ending = `it ended with ${signal ?? `exit code ${code}`}`))
  if (child.pid !== undefined) {
    writePidFile(pidPathOf(dataDir, name), child.pid, portBase, stopSignal)
  }
  child.stdin?.end('begin\n')
  closeSync(output)
  child.unref()
  return { ended: () => ending }
}

const termMsMax = 15_000
const killMsMax = 5_000

/**
 * Stops what the pid file names: SIGTERM or what the file says, after 15 s SIGKILL. Does nothing where it is gone or where
 * the pid has become another program's. Answers whether there was something to stop.
 */
export const stopChild = async (
  dataDir: string,
  name: string,
  waitMsMax = termMsMax,
): Promise<boolean> => {
  const path = pidPathOf(dataDir, name)
  const pidFile = readPidFile(path)
  const isRunning = () => pidFile !== undefined && isAlive(pidFile, dataDir)
  const wasRunning = isRunning()
  if (pidFile !== undefined && wasRunning) {
    signal(pidFile.pid, pidFile.stopSignal ?? 'SIGTERM')
    if (!(await isGone(isRunning, waitMsMax))) {
      signal(pidFile.pid, 'SIGKILL')
      if (!(await isGone(isRunning, killMsMax))) {
        throw new Error(`pid ${pidFile.pid} (${name}) does not end: stop it by hand`)
      }
    }
  }
  await rm(path, { force: true })
  return wasRunning
}

// The group, which is the child's own: a child that runs a script has children itself.
const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const isGone = async (isRunning: () => boolean, waitMsMax: number): Promise<boolean> => {
  const deadline = Date.now() + waitMsMax
  while (isRunning()) {
    if (Date.now() > deadline) return false
    await sleep(25)
  }
  return true
}
