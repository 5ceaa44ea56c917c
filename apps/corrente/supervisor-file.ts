import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '#compose/embedded/lock'
import { pidPathOf, readPidFile, runDirOf, writePidFile } from '#compose/embedded/pid-file'
import { startIdentityOf } from '#compose/embedded/pid-identity'

const pathOf = (dataDir: string) => pidPathOf(dataDir, 'start')
/** Written beside the other once everything is ready. */
const readyPathOf = (dataDir: string) => pidPathOf(dataDir, 'start-ready')
const lockMsMax = 10_000
const drainMsMax = 60_000
const pollMs = 100

const processIn = (path: string): number | undefined => {
  const file = readPidFile(path)
  return file && startIdentityOf(file.pid) === file.startIdentity ? file.pid : undefined
}

/** The process that runs `corrente start` for this folder, if one is alive. */
export const findSupervisor = (dataDir: string): number | undefined => processIn(pathOf(dataDir))

/** Who runs the apps of a folder: another process, or this one from now on. */
export type Supervision =
  | { readonly isOwn: false; readonly pid: number }
  /** `isAfterKill`: a former one was killed, and its apps may still be ending. */
  | { readonly isOwn: true; readonly isAfterKill: boolean }

/** Makes this process the one that runs the apps of the folder, unless another one does. */
export const supervise = (dataDir: string, portBase: number): Promise<Supervision> =>
  withLock(join(runDirOf(dataDir), 'start.lock'), { waitMsMax: lockMsMax }, async () => {
    const pid = findSupervisor(dataDir)
    if (pid !== undefined) return { isOwn: false, pid }
    const isAfterKill = readPidFile(pathOf(dataDir)) !== undefined
    rmSync(readyPathOf(dataDir), { force: true })
    writePidFile(pathOf(dataDir), process.pid, portBase)
    return { isOwn: true, isAfterKill }
  })

/** Notes that everything is ready. */
export const noteReady = (dataDir: string, portBase: number): void =>
  writePidFile(readyPathOf(dataDir), process.pid, portBase)

export function forgetSupervisor(dataDir: string): void {
  for (const path of [readyPathOf(dataDir), pathOf(dataDir)]) rmSync(path, { force: true })
}

/** Waits until the supervisor has everything ready. Throws where it ends before, and at an abort. */
export async function supervisorReady(
  dataDir: string,
  pid: number,
  signal: AbortSignal,
): Promise<void> {
  while (processIn(readyPathOf(dataDir)) !== pid) {
    if (findSupervisor(dataDir) !== pid) {
      throw new Error(`corrente start (pid ${pid}) ended before it was ready; start again`)
    }
    await sleep(pollMs, undefined, { signal })
  }
}

/** Asks it to drain and waits until it is gone; throws where it does not go. */
export async function stopSupervisor(
  dataDir: string,
  report: (line: string) => void,
): Promise<void> {
  const pid = findSupervisor(dataDir)
  if (pid === undefined) return
  report(`corrente start (pid ${pid}) drains`)
  process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + drainMsMax
  while (findSupervisor(dataDir) !== undefined) {
    if (performance.now() > deadline) throw new Error(`corrente start (pid ${pid}) does not stop`)
    await sleep(pollMs)
  }
}
