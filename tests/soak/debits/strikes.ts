import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { edgeKill, type Strike } from '#tests/soak/debits/judge'
import type { DebitsInstallation } from '#tests/soak/debits/scene'
import type { Random } from '#tests/soak/engine/random'
import { restartBroker } from '#tests/soak/kill-broker'
import { until } from '#tests/until'

/** Resolves with the moment it struck, epoch milliseconds, where that is not its beginning. */
type Doing = (installation: DebitsInstallation) => Promise<number | void>

/** Beyond the session of a worker, after which others have what it had. */
const stoppedMs = 12_000
const besideMs = 4_000
const postgresAwayMs = 4_000
const readyMsMax = 60_000
const goneMsMax = 10_000

/** What is done on purpose, each until all is there again. */
const doings: Readonly<Record<string, Doing>> = {
  async 'kill -9 of the worker'({ worker }) {
    await worker.kill()
    await worker.start()
  },
  async [edgeKill]({ edge, url }) {
    edge.kill()
    // The one that was killed does not answer any more.
    await sleep(100)
    await isReady(`${url}/status`)
  },
  async 'kill -9 of the projector'({ projector }) {
    projector.kill()
  },
  async 'kill -9 of Postgres'({ stack, startPostgres }) {
    await killPostgres(stack.dataDir)
    await sleep(postgresAwayMs)
    await startPostgres()
  },
  async 'kill -9 of the broker'({ stack, startBroker }) {
    await restartBroker(stack.dataDir, startBroker)
  },
  async 'a second worker joins and leaves'({ second }) {
    await second.start()
    await sleep(besideMs)
    await second.drain()
  },
  'the worker is stopped beyond its session, and goes on': ({ worker }) => stopped(worker),
  async 'the worker is stopped beyond its session, and a second one takes over'({
    worker,
    second,
  }) {
    await second.start()
    const atMs = await stopped(worker)
    await sleep(besideMs)
    await second.drain()
    return atMs
  },
}

async function stopped(worker: DebitsInstallation['worker']): Promise<number> {
  const atMs = Date.now()
  worker.signal('SIGSTOP')
  await sleep(stoppedMs)
  worker.signal('SIGCONT')
  return atMs
}

const isReady = (url: string) =>
  until(`${url} answers`, () => isOk(url), {
    msMax: readyMsMax,
    signal: AbortSignal.timeout(readyMsMax),
  })

async function isOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}

async function killPostgres(dataDir: string): Promise<void> {
  const file = readPidFile(pidPathOf(dataDir, 'postgres'))
  if (!file) throw new Error('Postgres has no pid file: it does not run')
  process.kill(file.pid, 'SIGKILL')
  const signal = AbortSignal.timeout(goneMsMax)
  await until('Postgres is gone', () => !isAlive(file, dataDir), { msMax: goneMsMax, signal })
}

/** All of them, in an order of their own each time. */
export const strikeNames = Object.keys(doings)

/** So many rounds of all, each in another order. */
export function drawStrikes(rounds: number, random: Random): readonly string[] {
  return Array.from({ length: rounds }, () => shuffled(strikeNames, random)).flat()
}

function shuffled(names: readonly string[], random: Random): readonly string[] {
  const left = [...names]
  return names.map(() => left.splice(random.whole(0, left.length - 1), 1)[0]!)
}

/** Does one of them. */
export async function strike(installation: DebitsInstallation, what: string): Promise<Strike> {
  const beganMs = Date.now()
  const atMs = (await doings[what]!(installation)) ?? beganMs
  return { what, atMs, untilMs: Date.now() }
}
