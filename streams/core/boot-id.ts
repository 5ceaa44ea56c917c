import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What tells one boot of this machine from the next; undefined where the system does not say. What was written and
 * not synced is whole as long as the machine has not been restarted, whoever was killed.
 */
export function bootId(): string | undefined {
  try {
    if (process.platform === 'linux') {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || undefined
    }
    if (process.platform === 'darwin') {
      const answer = execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' })
      return answer.trim() || undefined
    }
  } catch {
    return undefined
  }
  return undefined
}
