import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What tells this run of a pid from an earlier or later one: boot and start tick, or `ps`'s start time.
 * Undefined when nothing runs under the pid.
 */
export const startIdentityOf = (pid: number): string | undefined => {
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat !== undefined) {
    // Dead, only not yet collected by its parent; some parents never do.
    if (isZombie(stat)) return undefined
    return `${textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${startTickOf(stat)}`
  }
  return isProcAbsent() ? askPs(pid, 'lstart=') : undefined
}

/** The command line under a pid, arguments separated by spaces; undefined or empty when it is gone. */
export const commandLineOf = (pid: number): string | undefined => {
  const line = textOf(`/proc/${pid}/cmdline`)
  if (line !== undefined) return line.replaceAll('\0', ' ').trim()
  return isProcAbsent() ? askPs(pid, 'command=') : undefined
}

/** Field 22 of `/proc/<pid>/stat`; the second field may itself hold blanks and brackets. */
export const startTickOf = (stat: string): string | undefined => fieldsAfterName(stat)[19]

const isZombie = (stat: string): boolean => fieldsAfterName(stat)[0] === 'Z'

const fieldsAfterName = (stat: string) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')

const isProcAbsent = () => textOf('/proc/self/stat') === undefined

const askPs = (pid: number, column: string): string | undefined => {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
