import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, pidPathOf, readPidFile } from '#compose/embedded/pid-file'

const goneMsMax = 15_000

/** The broker's process. Throws where it does not run. */
export function brokerPid(dataDir: string): number {
  const file = readPidFile(pidPathOf(dataDir, 'kafka'))
  if (!file) throw new Error('the broker has no pid file: it does not run')
  return file.pid
}

/**
 * Kills the broker with -9, or ends it by the signal, and starts it again by `start`. The system takes its time to clear
 * a large process away: a start that finds its ports taken is tried again.
 */
export async function restartBroker(
  dataDir: string,
  start: () => Promise<unknown>,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<void> {
  await endBroker(dataDir, signal)
  const deadline = performance.now() + goneMsMax
  for (;;) {
    try {
      return void (await start())
    } catch (error) {
      const isTaken = /is taken by another program/.test((error as Error).message)
      if (!isTaken || performance.now() > deadline) throw error
      await sleep(200)
    }
  }
}

async function endBroker(dataDir: string, signal: NodeJS.Signals): Promise<void> {
  const pid = brokerPid(dataDir)
  const file = readPidFile(pidPathOf(dataDir, 'kafka'))!
  process.kill(pid, signal)
  const deadline = performance.now() + goneMsMax
  while (isAlive(file, dataDir)) {
    if (performance.now() > deadline) throw new Error(`the broker, ${pid}, outlives ${signal}`)
    await sleep(20)
  }
}
