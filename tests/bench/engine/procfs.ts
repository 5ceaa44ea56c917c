import { readdirSync, readFileSync } from 'node:fs'

// USER_HZ of Linux on every architecture Node runs on.
const ticksPerSecond = 100

/** CPU seconds, user and system, of all threads: from `/proc/<pid>/stat`. */
export function cpuSecondsIn(stat: string): number {
  // The second field is the program's name, which may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/**
 * A size in megabytes (10^6 bytes) from `/proc/<pid>/status`: VmHWM, the largest resident set so far; RssAnon, what is
 * resident now and no file's.
 */
export function megabytesIn(status: string, name: 'VmHWM' | 'VmRSS' | 'RssAnon'): number {
  const [, kilobytes] = new RegExp(String.raw`^${name}:\s+(\d+) kB$`, 'm').exec(status) ?? []
  if (kilobytes === undefined) throw new Error(`no ${name} in the status of a process`)
  return (Number(kilobytes) * 1_024) / 1e6
}

/** Of a process that runs; throws where it is gone. */
export const cpuSecondsOf = (pid: number): number =>
  cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))

/** The parent of a process, from `/proc/<pid>/stat`. */
export const parentIn = (stat: string): number =>
  Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])

/** CPU seconds of the processes that run and were started by one, such as a server's for its connections. */
export function cpuSecondsOfChildren(pid: number): number {
  let sum = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      if (parentIn(stat) === pid) sum += cpuSecondsIn(stat)
    } catch {
      // It has ended since its name was read.
    }
  }
  return sum
}

/** Anonymous resident memory of a process that runs, megabytes. */
export const anonymousMegabytesOf = (pid: number): number =>
  megabytesIn(readFileSync(`/proc/${pid}/status`, 'utf8'), 'RssAnon')

/** Largest resident set of a process that runs, megabytes. */
export const peakMegabytesOf = (pid: number): number =>
  megabytesIn(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM')
