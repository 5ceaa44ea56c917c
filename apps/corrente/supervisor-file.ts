import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pidPathOf, readPidFile, writePidFile } from '#compose/embedded/pid-file'
import { startIdentityOf } from '#compose/embedded/pid-identity'

const pathOf = (dataDir: string) => pidPathOf(dataDir, 'start')
const drainMsMax = 60_000

/** The process that runs `corrente start` for this folder, if one is alive. */
export function findSupervisor(dataDir: string): number | undefined {
  const file = readPidFile(pathOf(dataDir))
  if (!file || file.pid === process.pid) return undefined
  return startIdentityOf(file.pid) === file.startIdentity ? file.pid : undefined
}

/** Notes that this process runs the apps of the folder. */
export const noteSupervisor = (dataDir: string, portBase: number): void =>
  writePidFile(pathOf(dataDir), process.pid, portBase)

export const forgetSupervisor = (dataDir: string): void => rmSync(pathOf(dataDir), { force: true })

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
    await sleep(100)
  }
}
