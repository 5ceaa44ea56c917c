import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { builtProgram } from '#tests/built'
import type { UnitNames } from '#tests/bench/engine/bench-units'
import { type SideProcess, startSide } from '#tests/bench/engine/side-process'

/** What a process of the engine is given. */
export interface EngineSpec {
  readonly units: readonly UnitNames[]
  readonly brokers: string
  readonly registryUrl: string
  readonly slot: string
  readonly stateDirectory: string
  /** Stamped on what it writes (`<unit>:<version>`), which tells one process's outputs from another's. */
  readonly version: string
  readonly logLevel: string
}

/** Threads of libuv's pool, as the worker has them. */
export const threadPoolSize = '64'

/** Starts a Node program of the bench as the worker is started: built. */
export const startNode = (
  entry: string,
  env: NodeJS.ProcessEnv,
  nodeOptions: readonly string[] = [],
): SideProcess =>
  startSide({
    command: process.execPath,
    args: [...nodeOptions, builtProgram(new URL(entry, import.meta.url))],
    env: { UV_THREADPOOL_SIZE: threadPoolSize, ...env },
  })

/** Starts the engine; with `profile` it leaves a CPU profile in that folder. */
export const startEngine = (spec: EngineSpec, profile?: string): SideProcess =>
  startNode('engine-process.ts', { ENGINE: JSON.stringify(spec) }, [
    ...workerNodeOptions,
    ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
  ])
