import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs the end-to-end tests in two groups side by side, each with a stack of its own and its files in sequence: one
 * waits while the other works. The platform as a whole is not divided further: its units have one name each and cannot
 * run twice on a broker. Those that bound a time come last, with nothing beside them. With arguments (Vitest's: a part of
 * a path, `-t` and a part of a name) all is one sequence. The files of a group share a process: to load everything anew
 * for each took a minute.
 */
const args = process.argv.slice(2)
const phases =
  args.length > 0 ? [[['platform', 'parts', 'alone']]] : [[['platform'], ['parts']], [['alone']]]
/** Each consumer that waits holds a thread. */
const threads = '64'

const start = (group: readonly string[]): ChildProcess => {
  const projects = group.flatMap((name) => ['--project', name])
  const inSequence = ['--no-file-parallelism', '--no-isolate']
  return spawn('npx', ['vitest', 'run', ...projects, ...inSequence, ...args], {
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
  })
}

let running: readonly ChildProcess[] = []
let isInterrupted = false
// Whoever is interrupted stops its stack first; this process waits for that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isInterrupted = true
    running.forEach((child) => child.kill(signal))
  })
}
const codes: (number | null)[] = []
for (const groups of phases) {
  if (isInterrupted) break
  running = groups.map(start)
  const ended = running.map(async (child) => (await once(child, 'exit'))[0] as number | null)
  codes.push(...(await Promise.all(ended)))
}
process.exitCode = !isInterrupted && codes.every((code) => code === 0) ? 0 : 1
