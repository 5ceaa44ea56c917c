import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cpuSecondsOf, peakMegabytesOf } from '#tests/bench/engine/procfs'

/** A side of a comparison as a process of its own. It ends when its standard input does, so with whoever started it. */
export interface SideProcess {
  readonly pid: number
  /** When it was started, epoch milliseconds. */
  readonly startedAtMs: number
  /** Resolves with the moment (epoch milliseconds) it first printed the line; rejects where it ends before. */
  printed(line: string): Promise<number>
  isRunning(): boolean
  /** Throws where it has ended by itself. */
  assertRuns(): void
  cpuSeconds(): number
  peakMegabytes(): number
  /** SIGTERM, after 15 s SIGKILL. */
  stop(): Promise<void>
  /** SIGKILL; resolves with the moment of the kill, epoch milliseconds. */
  kill(): Promise<number>
}

interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

const stopMsMax = 15_000
const running = new Set<ChildProcess>()

/** Kills what still runs of what this process has started. */
export function killSides(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts a side; what it writes to its standard error is seen. */
export function startSide({ command, args, env = {} }: Command): SideProcess {
  const startedAtMs = Date.now()
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} cannot be started`)
  running.add(child)
  let end: string | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child)
      end = signal ?? `exit code ${code}`
      resolve()
    })
  })
  const seen = linesOf(child)
  const isOver = () => end !== undefined
  return {
    pid,
    startedAtMs,
    async printed(line) {
      const ended = exited.then(() => {
        throw new Error(`${command} ended (${end}) before it printed ${line}`)
      })
      return Promise.race([seen(line), ended])
    },
    isRunning: () => !isOver(),
    assertRuns() {
      if (isOver()) throw new Error(`${command} ended by itself: ${end}`)
    },
    cpuSeconds: () => cpuSecondsOf(pid),
    peakMegabytes: () => peakMegabytesOf(pid),
    async stop() {
      if (isOver()) return
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), stopMsMax)
      await exited
      clearTimeout(late)
    },
    async kill() {
      const at = Date.now()
      child.kill('SIGKILL')
      await exited
      return at
    },
  }
}

/** Remembers when each line was first printed, also before anybody asks. */
function linesOf(child: ChildProcess): (line: string) => Promise<number> {
  const moments = new Map<string, PromiseWithResolve>()
  const of = (line: string) => {
    const known = moments.get(line) ?? withResolve()
    moments.set(line, known)
    return known
  }
  createInterface({ input: child.stdout! }).on('line', (line) => {
    // A line of its log tells what went wrong.
    if (line.startsWith('{')) process.stderr.write(`${line}\n`)
    else of(line).resolve(Date.now())
  })
  return (line) => of(line).promise
}

interface PromiseWithResolve {
  readonly promise: Promise<number>
  readonly resolve: (at: number) => void
}

function withResolve(): PromiseWithResolve {
  let resolve: (at: number) => void = () => undefined
  const promise = new Promise<number>((settle) => (resolve = settle))
  return { promise, resolve }
}
