import { isAbsolute, join } from 'node:path'

import { registryUrlOf } from '#compose/embedded/apicurio-registry'
import { stopChild } from '#compose/embedded/child'
import { archiversName } from '#compose/embedded/class-archive'
import type { LockOptions } from '#compose/embedded/lock'
import { withLock } from '#compose/embedded/lock'
import type { StackOptions } from '#compose/embedded/parts'
import { partsOf, startParts } from '#compose/embedded/parts'
import { isAlive, pidPathOf, readPidFile, runDirOf } from '#compose/embedded/pid-file'
import { stackPorts } from '#compose/embedded/ports'
import { stopPostgres } from '#compose/embedded/postgres'

export type { StackOptions }

/** A running broker and schema registry. */
export interface Stack {
  /** `127.0.0.1:<port>` */
  readonly brokers: string
  /** Base of the Confluent protocol, ends in `/apis/ccompat/v7`. */
  readonly registryUrl: string
  /** Whether both were running before the call. */
  readonly wasRunning: boolean
  /** SIGTERM to both, SIGKILL after 15 s. The data stays. */
  stop(): Promise<void>
}

/**
 * Starts broker and registry side by side, or finds the ones that run for this folder. Both have answered
 * a real request when it returns, and the registry's compatibility is BACKWARD. They outlive the caller.
 * Throws one sentence when Java or Maven is missing, a port is taken or a download is not possible, and
 * the last log lines when a part does not start; at an abort it throws too, and stops what it has started.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { dataDir, portBase, report, signal } = options
  assertUsable(dataDir)
  return withLock(lockPathOf(dataDir), { ...lockOptions(report), signal }, async () => {
    const wasRunning = await startParts(options).catch((error: unknown) => {
      // What an abort has broken is no failure to tell of.
      signal?.throwIfAborted()
      throw error
    })
    return stackAt(dataDir, portBase, wasRunning, report)
  })
}

/** Stops what runs for the folder. Does nothing where nothing does. */
export const stopStack = async (dataDir: string, report: (line: string) => void): Promise<void> => {
  await withLock(lockPathOf(dataDir), lockOptions(report), async () => {
    const stopped = await Promise.all(
      ['kafka', 'registry', archiversName].map(async (name) => ({
        name,
        wasRunning: await stopChild(dataDir, name),
      })),
    )
    for (const { name, wasRunning } of stopped) if (wasRunning) report(`${name}: stopped`)
  })
  await stopPostgres(dataDir, report)
}

/** The stack that runs for the folder, both parts alive and answering; else undefined. Changes nothing. */
export const findStack = async (
  dataDir: string,
  report: (line: string) => void = () => {},
): Promise<Stack | undefined> => {
  const alive = ['kafka', 'registry']
    .map((name) => readPidFile(pidPathOf(dataDir, name)))
    .filter((pidFile) => pidFile !== undefined)
    .filter((pidFile) => isAlive(pidFile, dataDir))
  const portBase = alive[0]?.portBase
  if (alive.length < 2 || portBase === undefined) return undefined
  const answers = await Promise.all(
    partsOf({ dataDir, portBase }).map((part) => part.answers().catch(() => false)),
  )
  return answers.every(Boolean) ? stackAt(dataDir, portBase, true, report) : undefined
}

const stackAt = (
  dataDir: string,
  portBase: number,
  wasRunning: boolean,
  report: (line: string) => void,
): Stack => ({
  brokers: `127.0.0.1:${stackPorts(portBase).kafka}`,
  registryUrl: registryUrlOf(portBase),
  wasRunning,
  stop: () => stopStack(dataDir, report),
})

const assertUsable = (dataDir: string) => {
  if (!isAbsolute(dataDir)) throw new Error(`the data folder ${dataDir} is not an absolute path`)
  // The broker splits its folder at commas, the registry's database its address at semicolons.
  if (/[,;]/.test(dataDir)) {
    throw new Error(`the data folder ${dataDir} holds a comma or semicolon: choose another`)
  }
}

const lockPathOf = (dataDir: string) => join(runDirOf(dataDir), 'lock')

// Longer than a first download on a slow line: the other launcher may be at it.
const lockOptions = (report: (line: string) => void): LockOptions => ({
  waitMsMax: 30 * 60_000,
  onWait: (pid) => report(`waiting for pid ${pid}, which starts or stops this stack`),
})
