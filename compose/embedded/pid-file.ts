import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

import { commandLineOf, startIdentityOf } from '#compose/embedded/pid-identity'

/** What `<dataDir>/run/<name>.json` says of a child: enough to find, judge and stop it later. */
export interface PidFile {
  readonly pid: number
  /** See `startIdentityOf`: a pid taken over by another program does not match. */
  readonly startIdentity: string
  readonly portBase: number
  /** How it is asked to end; SIGTERM where absent. */
  readonly stopSignal?: NodeJS.Signals
}

export const runDirOf = (dataDir: string): string => join(dataDir, 'run')

export const pidPathOf = (dataDir: string, name: string): string =>
  join(runDirOf(dataDir), `${name}.json`)

/** Written aside and renamed: a reader finds the whole file or none. */
export const writePidFile = (
  path: string,
  pid: number,
  portBase: number,
  stopSignal?: NodeJS.Signals,
): void => {
  const identity = { pid, startIdentity: startIdentityOf(pid) ?? '', portBase }
  const content: PidFile = { ...identity, ...(stopSignal && { stopSignal }) }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, JSON.stringify(content))
  renameSync(`${path}.new`, path)
}

/** Undefined where the file is absent or not one of ours. */
export const readPidFile = (path: string): PidFile | undefined => {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as PidFile
    return Number.isInteger(found.pid) && found.pid > 1 && Number.isInteger(found.portBase)
      ? found
      : undefined
  } catch {
    return undefined
  }
}

/** Whether the pid still runs what was written down: same start, and a command line of this folder. */
export const isAlive = ({ pid, startIdentity }: PidFile, dataDir: string): boolean => {
  if (startIdentityOf(pid) !== startIdentity) return false
  const line = commandLineOf(pid) ?? ''
  // Between giving up one program and becoming the next, a process has no command line for an instant.
  return line === '' || line.includes(dataDir + sep)
}
