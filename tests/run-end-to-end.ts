import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs the end-to-end tests in two groups side by side, each with a stack of its own and its files in sequence: one
 * waits while the other works. The platform as a whole is not divided further: its units have one name each and cannot
 * run twice on a broker. With arguments (Vitest's: a part of a path, `-t` and a part of a name) all is one sequence.
 */
const args = process.argv.slice(2)
const groups = args.length > 0 ? [['platform', 'parts']] : [['platform'], ['parts']]
/** Each consumer that waits holds a thread. */
const threads = '64'

const start = (group: readonly string[]): ChildProcess => {
  const projects = group.flatMap((name) => ['--project', name])
  return spawn('npx', ['vitest', 'run', ...projects, '--no-file-parallelism', ...args], {
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
  })
}

const running = groups.map(start)
// Whoever is interrupted stops its stack first; this process waits for that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => running.forEach((child) => child.kill(signal)))
}
const codes = await Promise.all(
  running.map(async (child) => (await once(child, 'exit'))[0] as number | null),
)
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
