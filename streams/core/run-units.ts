import { setTimeout as sleep } from 'node:timers/promises'
import type { Circuit } from '#core/circuits'
import { type StartPoint, UnitStoppedError } from '#core/first-start'
import type { KafkaSettings } from '#core/kafka'
import { CommittedPositions, exportLag } from '#core/lag'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { StateSettings } from '#core/open-store'
import type { Emission, Unit } from '#core/processor'
import { openClients, tablesOf } from '#core/process-clients'
import { FencedError, runSession, type UnitContext } from '#core/unit'
import { contextOf } from '#core/unit-context'
import { exportUnitStates } from '#core/unit-states'
import { UnitHealth, type UnitStatus } from '#core/unit-status'
import type { WireSettings } from '#core/wire'
import type { Tracing } from '#ports/tracing'
import type { AnyTopic } from '#schemas/topic'

/** What came of one record: final, in the transaction that was committed. */
export interface CommittedOutcome {
  readonly unit: string
  /** The record as the unit read it; undefined where it could not be read. */
  readonly value: unknown
  readonly emissions: readonly Emission[]
}

/** What a process that runs units is given. */
export interface RunOptions {
  readonly units: readonly Unit[]
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  readonly slot: string
  readonly from: StartPoint | undefined
  readonly metrics: Metrics
  readonly log: Log
  /** Where spans are told; absent where traces are off. */
  readonly tracing?: Tracing | undefined
  readonly appVersion: string
  /** Milliseconds since the epoch; the process's clock where absent. */
  readonly now?: () => number
  /** Where the units keep their rows; `memory` is for tests, and reads all of a changelog at each start. */
  readonly state: StateSettings | 'memory'
  /** The folder for rows that are looked up, which are read anew at each start; in memory where absent. */
  readonly lookups?: string
  /** Told of each record once, after the commit; a process killed in between tells nobody. */
  readonly onOutcome?: (committed: CommittedOutcome) => void
}

/** A unit's circuit to an outside party. */
export interface UnitCircuit extends Circuit {
  readonly unit: string
}

export interface RunningUnits {
  status(): readonly UnitStatus[]
  /** Those that are not closed. */
  circuits(): readonly UnitCircuit[]
  /** Whether this process has that partition of a unit's input: of all that run the unit, one does. */
  owns(unit: string, partition: number): boolean
  /** Resolves once a broker has answered; throws where none does in time. Units with nothing to do ask none. */
  reachable(): Promise<void>
  /** Finishes what is in hand (at most 10 s), commits it and closes; the rest is left uncommitted. */
  drain(): Promise<void>
}

const pauseMsFirst = 250
const pauseMsMax = 5_000
/** A session that lived this long was healthy: the next failure begins with a short pause again. */
const healthyMs = 30_000

/** Runs the units until drained. Throws where the broker, the registry or a table is away at the start. */
export async function runUnits(options: RunOptions): Promise<RunningUnits> {
  const healths = options.units.map((unit) => ({
    unit,
    health: new UnitHealth(unit.name, options.log),
    committed: new CommittedPositions(),
  }))
  const shared = await openClients({ ...options, onTableWaiting: tellLookers(healths) })
  const owned = new Map(healths.map(({ unit, committed }) => [unit.name, committed]))
  exportLag(options.metrics.registry, shared.offsets, owned)
  exportUnitStates(options.metrics.registry, () => healths.map(({ health }) => health.status()))
  const draining = new AbortController()
  const { signal } = draining
  const contexts = healths.map(({ unit, health, committed }) =>
    contextOf(unit, options, { shared, signal, health, committed }),
  )
  const ended = contexts.map((context, index) => live(context, healths[index]!.health))
  return {
    status: () => healths.map(({ health }) => health.status()),
    circuits: () =>
      contexts.flatMap(({ unit, circuits }) =>
        circuits.list().map((circuit) => ({ unit: unit.name, ...circuit })),
      ),
    owns: (name, number) =>
      healths.some(
        ({ unit: { name: its, input }, committed }) =>
          its === name && committed.has({ topic: input.name, partition: number }),
      ),
    reachable: () => shared.offsets.reachable(),
    async drain() {
      draining.abort()
      await Promise.all(ended)
      await shared.close()
    },
  }
}

/** A table that waits holds back every unit that reads it. */
export const tellLookers =
  (
    healths: readonly { readonly unit: Unit; readonly health: Pick<UnitHealth, 'tableWaiting'> }[],
  ) =>
  (table: AnyTopic, reason: string | undefined): void => {
    for (const { unit, health } of healths) {
      const isRead = tablesOf(unit).some(({ name }) => name === table.name)
      if (isRead) health.tableWaiting(table.name, reason)
    }
  }

/**
 * Session after session: whatever breaks one, the next begins from what was committed. Fenced by a rival it stops: of two
 * processes in one slot, the one that came later stays.
 */
async function live(context: UnitContext, health: UnitHealth): Promise<void> {
  const { signal, fencings } = context
  let pauseMs = pauseMsFirst
  while (!signal.aborted) {
    const began = performance.now()
    try {
      await runSession(context)
    } catch (error) {
      if (signal.aborted) return
      const reason = (error as Error).message
      if (error instanceof UnitStoppedError) return health.stopped(reason)
      if (error instanceof FencedError && fencings.isByRival()) {
        return health.stopped(
          `another process holds ${error.member}: this one was fenced and stops`,
        )
      }
      health.failed(reason)
      if (performance.now() - began > healthyMs) pauseMs = pauseMsFirst
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMsMax, pauseMs * 2)
    }
  }
}
