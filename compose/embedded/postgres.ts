import { isAbsolute, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { startChild, stopChild } from '#compose/embedded/child'
import { withLock } from '#compose/embedded/lock'
import { lastLogLines, logPathsOf } from '#compose/embedded/log-tail'
import { adoptPart, type PartContext, serving } from '#compose/embedded/part'
import { isAlive, pidPathOf, readPidFile, runDirOf, writePidFile } from '#compose/embedded/pid-file'
import { assertPortsFree, stackPorts } from '#compose/embedded/ports'
import { postgresBinaries, postgresPackage } from '#compose/embedded/postgres-binaries'
import {
  initialise,
  postgresArguments,
  postgresFolder,
  postgresServer,
  postgresUrlOf,
} from '#compose/embedded/postgres-server'
import { postmasterOf } from '#compose/embedded/postmaster'
import { serverUser } from '#compose/embedded/server-user'

export interface PostgresOptions {
  /** Absolute folder of the stack: pid and log files, and the data where the server's user can reach it. */
  readonly dataDir: string
  /** Postgres listens on portBase+32, on 127.0.0.1. */
  readonly portBase: number
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
  /** Ends a start half way: what was started for it is stopped. */
  readonly signal?: AbortSignal | undefined
}

/** A running Postgres. */
export interface Postgres {
  /** `postgres://…`, for `DATABASE_URL`. */
  readonly url: string
  /** Whether it was running before the call. */
  readonly wasRunning: boolean
  /** Open transactions are rolled back, clients disconnected. The data stays. */
  stop(): Promise<void>
}

const name = 'postgres'
/** Its clients need not be gone first: SIGTERM would wait for them. */
const stopSignal = 'SIGINT'
const lockMsMax = 120_000
const orphansMsMax = 20_000

/**
 * Starts Postgres, or finds the one that runs for this folder; a start beside `startStack` does not wait for it. It
 * has answered when this returns, and outlives the caller. Throws one sentence where its package is missing or its
 * port is taken, and the last log lines where it does not start; at an abort it throws, too.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const { dataDir, portBase, report } = options
  if (!isAbsolute(dataDir)) throw new Error(`the data folder ${dataDir} is not an absolute path`)
  const signal = options.signal ?? new AbortController().signal
  return withLock(lockPathOf(dataDir), { waitMsMax: lockMsMax, signal }, async () => {
    const wasRunning = await findOrStart({ dataDir, portBase, report, signal })
    return postgresAt(dataDir, portBase, wasRunning, report)
  })
}

/** Stops what runs for the folder. Does nothing where nothing does. */
export const stopPostgres = async (
  dataDir: string,
  report: (line: string) => void,
): Promise<void> => {
  await withLock(lockPathOf(dataDir), { waitMsMax: lockMsMax }, async () => {
    if (await stopChild(dataDir, name)) report(`${name}: stopped`)
  })
}

/** The Postgres that runs for the folder and answers; else undefined. Changes nothing. */
export const findPostgres = async (
  dataDir: string,
  report: (line: string) => void = () => {},
): Promise<Postgres | undefined> => {
  const pidFile = readPidFile(pidPathOf(dataDir, name))
  if (pidFile === undefined || !isAlive(pidFile, dataDir)) return undefined
  const { portBase } = pidFile
  const isServing = await postgresServer(portBase)
    .answers()
    .catch(() => false)
  return isServing ? postgresAt(dataDir, portBase, true, report) : undefined
}

const findOrStart = async (context: PartContext): Promise<boolean> => {
  const { dataDir, portBase, report, signal } = context
  const server = postgresServer(portBase)
  const user = serverUser()
  const folder = await postgresFolder(dataDir, user)
  claimPostmaster(folder, context)
  if (await adoptPart(server, context)) return true
  const binaries = await postgresBinaries(postgresPackage(), user)
  await assertPortsFree(server.claims)
  if (!folder.startsWith(dataDir)) {
    report(`${server.title}: its data is in ${folder}, for its user cannot reach ${dataDir}`)
  }
  await initialise(folder, binaries, user)
  signal.throwIfAborted()
  const command = join(binaries.folder, 'bin', 'postgres')
  const args = postgresArguments(folder, dataDir, portBase)
  const start = () =>
    startChild({ name, command, args, dataDir, portBase, cwd: folder, user, stopSignal })
  try {
    await patiently(
      () => serving(server, start(), { ...context, startedAtMs: Date.now() }),
      context,
    )
  } catch (error) {
    await stopChild(dataDir, name)
    throw error
  }
  return false
}

/** One that runs on the folder without a pid file of ours becomes this stack's: to be adopted, or stopped. */
const claimPostmaster = (folder: string, { dataDir, portBase }: PartContext): void => {
  const pidFile = readPidFile(pidPathOf(dataDir, name))
  if (pidFile && isAlive(pidFile, dataDir)) return
  const found = postmasterOf(folder)
  if (!found) return
  const offset = stackPorts(portBase).postgres - portBase
  writePidFile(pidPathOf(dataDir, name), found.pid, found.port - offset, stopSignal)
}

/** After a kill its processes end by and by, and until the last has, none can be started on their data. */
const patiently = async (
  start: () => Promise<void>,
  { dataDir, signal }: PartContext,
): Promise<void> => {
  const deadline = Date.now() + orphansMsMax
  for (;;) {
    try {
      return await start()
    } catch (error) {
      const { lines } = await lastLogLines(logPathsOf(dataDir, name))
      const isOccupied = lines.some((line) => line.includes('shared memory block'))
      if (!isOccupied || signal.aborted || Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}

const postgresAt = (
  dataDir: string,
  portBase: number,
  wasRunning: boolean,
  report: (line: string) => void,
): Postgres => ({
  url: postgresUrlOf(portBase),
  wasRunning,
  stop: () => stopPostgres(dataDir, report),
})

const lockPathOf = (dataDir: string) => join(runDirOf(dataDir), 'postgres.lock')
