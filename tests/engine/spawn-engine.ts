import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { UnitStatus } from '#core/unit-status'
import { builtProgram } from '#tests/built'
import { type Scene, until } from '#tests/engine/scene'

interface Options {
  readonly unit?: 'counter' | 'waker' | 'switched'
  readonly partitions?: number
  readonly directory?: string
  /** Where the party of a switched unit is told. */
  readonly party?: string
}

/** Starts a unit of the scene as a process, the counting one by itself. Whoever starts it ends it. */
export function spawnEngine(scene: Scene, slot: string, options: Options = {}) {
  const { unit = 'counter', partitions = 3, directory = '', party = '' } = options
  const child = spawn(
    process.execPath,
    [builtProgram(new URL('engine-process.ts', import.meta.url))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        UV_THREADPOOL_SIZE: '64',
        SUFFIX: scene.suffix,
        PARTITIONS: String(partitions),
        SLOT: slot,
        UNIT: unit,
        BROKERS: scene.brokers,
        REGISTRY: scene.registryUrl,
        STATE_DIRECTORY: directory,
        PARTY: party,
      },
    },
  )
  let status: UnitStatus | undefined
  createInterface({ input: child.stdout }).on('line', (line) => {
    status = JSON.parse(line) as UnitStatus
  })
  const exited = once(child, 'exit')
  return {
    status: () => status,
    running: () =>
      until(`slot ${slot} runs`, () => status?.state === 'running').catch((error: Error) => {
        throw new Error(`${error.message}; it is ${JSON.stringify(status)}`)
      }),
    async end(signal: NodeJS.Signals) {
      child.kill(signal)
      await exited
    },
    signal: (signal: NodeJS.Signals) => child.kill(signal),
  }
}
