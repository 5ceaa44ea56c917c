import { readFileSync } from 'node:fs'

/** A restore of the authoriser's rows, as the worker's log tells it. */
export interface Restore {
  readonly records: number
  readonly perSecond: number
}

const told = '"msg":"state restored"'
const ofAuthoriser = '"unit":"debit-authoriser"'

/** The last restore in a log, among those that read anything; undefined where there is none. */
export function lastRestore(log: string): Restore | undefined {
  const line = log
    .split('\n')
    .findLast(
      (each) => each.includes(told) && each.includes(ofAuthoriser) && !each.includes('"read":0,'),
    )
  if (line === undefined) return undefined
  const { read, perSecond } = JSON.parse(line) as {
    readonly read: number
    readonly perSecond: number
  }
  return { records: read, perSecond }
}

/** The last restore that a worker's log file tells of behind a place in it. */
export const lastRestoreIn = (path: string, from: number): Restore | undefined =>
  lastRestore(readFileSync(path).subarray(from).toString('utf8'))
