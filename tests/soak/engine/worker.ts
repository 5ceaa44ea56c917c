import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { UnitStatus } from '#core/unit-status'
import { builtProgram } from '#tests/built'
import type { EffectsSpec } from '#tests/soak/engine/effects'
import type { UnitSpec } from '#tests/soak/engine/soak-units'

/** What a process of the engine is given. */
export interface WorkerSpec {
  readonly units: readonly UnitSpec[]
  readonly brokers: string
  readonly registryUrl: string
  readonly slot: string
  /** Stamped on what it writes (`<unit>:<version>`): tells what one process wrote from what another did. */
  readonly version: string
  readonly stateDirectory: string
  readonly effects: EffectsSpec
  /** A file it appends a line to for each record it answers for. */
  readonly answers: string
}

interface Told {
  readonly statuses: readonly UnitStatus[]
  readonly restored: number
  readonly parked: number
}

/** A process of the engine. Whoever starts it ends it. */
export interface Worker {
  readonly slot: string
  readonly version: string
  /** What it told last; undefined before it told anything. */
  told(): Told | undefined
  /** Whether every unit of it reads. */
  isRunning(): boolean
  hasEnded(): boolean
  /** What it warned of: words and reasons, in order. */
  readonly warnings: readonly Readonly<Record<string, unknown>>[]
  command(...words: readonly (string | number)[]): void
  signal(signal: NodeJS.Signals): void
  /** Sends the signal and waits until it is gone; SIGKILL after 20 s. */
  end(signal: NodeJS.Signals): Promise<void>
}

const entry = new URL('engine-process.ts', import.meta.url)
const endMsMax = 20_000
const alive = new Set<ChildProcess>()

/** Kills what still runs of what this process has started. */
export function killWorkers(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** Starts it as the worker is started: built. */
export function startWorker(spec: WorkerSpec): Worker {
  const child = spawn(process.execPath, [builtProgram(entry)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      UV_THREADPOOL_SIZE: '64',
      SOAK_WORKER: JSON.stringify(spec),
    },
  })
  alive.add(child)
  let last: Told | undefined
  let isOver = false
  const warnings: Readonly<Record<string, unknown>>[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Told & { readonly warning?: string }
    if (told.warning === undefined) last = told
    else warnings.push({ ...told })
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    appendFileSync(`${spec.answers}.${spec.version}.stderr`, `${line}\n`)
    // What ended it; the rest is where in the code that was.
    if (/^\w*Error: /.test(line)) warnings.push({ warning: 'ended', reason: line })
  })
  // A pipe of one that was killed breaks.
  child.stdin.on('error', () => undefined)
  const exited = once(child, 'exit').then(() => {
    isOver = true
    alive.delete(child)
  })
  return {
    slot: spec.slot,
    version: spec.version,
    told: () => last,
    isRunning: () => !isOver && !!last?.statuses.every(({ state }) => state === 'running'),
    hasEnded: () => isOver,
    warnings,
    command: (...words) => void child.stdin.write(`${words.join(' ')}\n`),
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (isOver) return
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), endMsMax)
      await exited
      clearTimeout(late)
    },
  }
}
