import type { BenchStack } from '#tests/bench/engine/bench-stack'
import type { UnitNames } from '#tests/bench/engine/bench-units'
import { type EngineSpec, startEngine, startNode } from '#tests/bench/engine/engine-side'
import type { FlowSide } from '#tests/bench/engine/flow'
import type { LoopSpec } from '#tests/bench/engine/loop-spec'
import type { SideProcess } from '#tests/bench/engine/side-process'
import { commitMs, type StreamsRival } from '#tests/bench/engine/streams-rival'

/** Everybody who is compared, ready to be started on the bench's stack. */
export interface Sides {
  /** The engine in one process; `version` marks what it writes. */
  engine(units: readonly UnitNames[], given?: Partial<EngineSpec>): SideProcess
  readonly streams: StreamsRival
  readonly flow: {
    readonly engine: FlowSide
    readonly streams: FlowSide
    readonly bare: FlowSide
    readonly kafkajs: FlowSide
  }
}

/** What the engine logs while it is measured: the worker's INFO line for each record is not the engine's work. */
export const logLevel = 'warn'

export function newSides(
  { kafka: { brokers }, registryUrl, event, stateDirectory }: BenchStack,
  streams: StreamsRival,
  profile: string | undefined,
): Sides {
  const engine: Sides['engine'] = (units, given = {}) =>
    startEngine(
      { units, brokers, registryUrl, stateDirectory, slot: '0', version: '1', logLevel, ...given },
      profile,
    )
  const loop = (entry: string, unit: UnitNames) => {
    const spec: LoopSpec = { unit, brokers, eventId: event.id }
    return startNode(entry, { LOOP: JSON.stringify(spec) })
  }
  return {
    engine,
    streams,
    flow: {
      engine: { name: 'engine', start: (unit) => engine([unit]) },
      streams: {
        name: 'streams',
        start: (unit) => streams.start(unit, commitMs.rate),
        changelogOf: ({ name, rows }) =>
          rows === undefined ? undefined : `${name}-rows-changelog`,
      },
      bare: { name: 'bare', start: (unit) => loop('bare-process.ts', unit), isBare: true },
      kafkajs: { name: 'kafkajs', start: (unit) => loop('kafkajs-process.ts', unit) },
    },
  }
}
