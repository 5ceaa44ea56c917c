import { spawnSync } from 'node:child_process'

const isFound = spawnSync('promtool', ['--version']).status === 0
if (!isFound) {
  process.stderr.write(
    'promtool is not there: neither the examples of rules nor what processes expose are checked with it; install the Debian package prometheus\n',
  )
}
/** Whether the program of Prometheus that checks and tries rules is on PATH; it is printed where it is not. */
export const hasPromtool = isFound

/** Runs it; throws what it says where it finds fault. */
export function promtool(args: readonly string[], input = ''): void {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8', input })
  if (status !== 0) throw new Error(`promtool ${args[0]}: ${stdout}${stderr}`)
}
