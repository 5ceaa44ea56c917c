import { readFileSync } from 'node:fs'

// USER_HZ of Linux on every architecture Node runs on.
const ticksPerSecond = 100

/** CPU seconds, user and system, of all threads: from `/proc/<pid>/stat`. */
export function cpuSecondsIn(stat: string): number {
  // The second field is the program's name, which may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** A size in megabytes (10^6 bytes) from `/proc/<pid>/status`, such as VmHWM, the largest resident set so far. */
export function megabytesIn(status: string, name: 'VmHWM' | 'VmRSS'): number {
  const [, kilobytes] = new RegExp(String.raw`^${name}:\s+(\d+) kB$`, 'm').exec(status) ?? []
  if (kilobytes === undefined) throw new Error(`no ${name} in the status of a process`)
  return (Number(kilobytes) * 1_024) / 1e6
}

/** Of a process that runs; throws where it is gone. */
export const cpuSecondsOf = (pid: number): number =>
  cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))

/** Largest resident set of a process that runs, megabytes. */
export const peakMegabytesOf = (pid: number): number =>
  megabytesIn(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM')
