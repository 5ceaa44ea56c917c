import { setTimeout as sleep } from 'node:timers/promises'
import { type StartPoint, UnitStoppedError } from '#core/first-start'
import type { KafkaSettings } from '#core/kafka'
import { errorCode } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Handled } from '#core/outputs'
import type { Unit } from '#core/processor'
import { openShared, type SharedClients } from '#core/shared-clients'
import { runSession, type UnitContext } from '#core/unit'
import type { WireSettings } from '#core/wire'
import { units as unitStarts } from '#schemas/engine/units'

/** What a process that runs units is given. */
export interface RunOptions {
  readonly units: readonly Unit[]
  readonly kafka: KafkaSettings
  readonly wire: WireSettings
  readonly slot: string
  readonly from: StartPoint | undefined
  readonly metrics: Metrics
  readonly log: Log
  readonly appVersion: string
}

/** A unit as an operator sees it. `waiting` and `stopped` say why; `stopped` needs somebody. */
export interface UnitStatus {
  readonly unit: string
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped'
  readonly reason?: string
}

export interface RunningUnits {
  status(): readonly UnitStatus[]
  /** Finishes what is in hand (at most 10 s), commits it and closes; the rest is left uncommitted. */
  drain(): Promise<void>
}

const pauseMsFirst = 250
const pauseMsMax = 5_000
/** A session that lived this long was healthy: the next failure begins with a short pause again. */
const healthyMs = 30_000

/** Runs the units until drained. Throws where the broker or a table cannot be reached at the start. */
export async function runUnits(options: RunOptions): Promise<RunningUnits> {
  const shared = await openShared(options)
  const draining = new AbortController()
  const runs = options.units.map((unit) => runUnit(unit, options, shared, draining.signal))
  return {
    status: () => runs.map((run) => run.status()),
    async drain() {
      draining.abort()
      await Promise.all(runs.map((run) => run.ended))
      await shared.close()
    },
  }
}

function runUnit(unit: Unit, options: RunOptions, shared: SharedClients, signal: AbortSignal) {
  const { metrics, log } = options
  const scope = { unit: unit.name }
  let status: UnitStatus = { ...scope, state: 'starting' }
  const turn = (next: UnitStatus) => {
    if (next.reason !== undefined && next.reason !== status.reason) {
      log.warn({ ...scope, state: next.state, reason: next.reason }, 'unit waits')
    }
    status = next
  }
  const onRunning = () => turn({ ...scope, state: 'running' })
  const context: UnitContext = {
    ...options,
    ...shared,
    unit,
    signal,
    tables: Object.fromEntries(
      Object.entries(unit.lookups ?? {}).map(([name, topic]) => [name, shared.tableOf(topic)]),
    ),
    units: shared.tableOf(unitStarts),
    onRunning,
    onWaiting: (reason) => (reason ? turn({ ...scope, state: 'waiting', reason }) : onRunning()),
    onTransient: ({ topic, partition, offset }, reason, attempt) => {
      metrics.errors.inc({ ...scope, origin: 'external' })
      const where = `${topic}/${partition}/${offset}`
      turn({ ...scope, state: 'waiting', reason: `${where}, try ${attempt}: ${reason}` })
    },
    onCommitted: (done) => {
      onRunning()
      countCommitted(unit.name, done, metrics, log)
    },
  }
  return { status: () => status, ended: live(context, turn) }
}

/** Session after session: whatever breaks one, the next begins from what was committed. */
async function live(context: UnitContext, turn: (status: UnitStatus) => void): Promise<void> {
  const { unit, signal, log } = context
  let pauseMs = pauseMsFirst
  while (!signal.aborted) {
    const began = performance.now()
    try {
      await runSession(context)
    } catch (error) {
      if (signal.aborted) return
      const reason = (error as Error).message
      if (error instanceof UnitStoppedError) {
        log.error({ unit: unit.name, reason }, 'unit stopped')
        return turn({ unit: unit.name, state: 'stopped', reason })
      }
      turn({ unit: unit.name, state: 'waiting', reason })
      if (performance.now() - began > healthyMs) pauseMs = pauseMsFirst
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMsMax, pauseMs * 2)
    }
  }
}

function countCommitted(unit: string, done: readonly Handled[], metrics: Metrics, log: Log): void {
  for (const { record, outcome } of done) {
    const isDead = outcome.cause !== undefined
    const result = isDead ? 'dead-letter' : outcome.attempts === 0 ? 'discarded' : 'done'
    metrics.records.inc({ unit, outcome: result })
    metrics.endToEndSeconds.observe({ unit }, Math.max(0, Date.now() - record.timestamp) / 1_000)
    const { topic, partition, offset } = record
    if (isDead) {
      const error = errorCode(outcome.cause)
      metrics.deadLetters.inc({ unit, error })
      log.error({ unit, topic, partition, offset, error }, 'dead letter')
    } else if (outcome.emissions.length > 0) {
      log.info({ unit, topic, partition, offset, emissions: outcome.emissions.length }, 'handled')
    }
  }
}
