import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

import { commandLineOf } from '#compose/embedded/pid-identity'

/** A Postgres that runs on a data folder. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** What `postmaster.pid` in the folder names, where that still runs on this folder. */
export const postmasterOf = (
  folder: string,
  commandLine: (pid: number) => string | undefined = commandLineOf,
): Postmaster | undefined => {
  const [pid, , , port] = linesOf(join(folder, 'postmaster.pid')).map(Number)
  // A number that a stale file names may be another program's by now.
  if (!Number.isInteger(pid) || pid === undefined || pid <= 1) return undefined
  const line = commandLine(pid) ?? ''
  const isOurs = line.includes(`-D ${folder} `) && line.includes(`${sep}postgres `)
  return isOurs ? { pid, port: port ?? 0 } : undefined
}

const linesOf = (path: string): readonly string[] => {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
