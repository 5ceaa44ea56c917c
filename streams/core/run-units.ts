import { setTimeout as sleep } from 'node:timers/promises'
import { type StartPoint, UnitStoppedError } from '#core/first-start'
import type { KafkaSettings } from '#core/kafka'
import type { InputRecord } from '#core/records'
import { errorCode } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Handled } from '#core/outputs'
import type { Unit } from '#core/processor'
import { openPublisher, type Publisher } from '#core/publisher'
import { openTable, type Table } from '#core/table'
import { openOffsetSource, type OffsetSource } from '#core/topic-reader'
import { runSession, type UnitContext } from '#core/unit'
import { newWire, type WireSettings } from '#core/wire'
import { units as unitStarts } from '#schemas/engine/units'
import type { AnyTopic } from '#schemas/topic'

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

interface Shared {
  readonly wire: UnitContext['wire']
  readonly offsets: OffsetSource
  readonly publisher: Publisher
  readonly tables: ReadonlyMap<string, Table>
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
      await Promise.all([...shared.tables.values()].map((table) => table.close()))
      await shared.publisher.close()
      await shared.offsets.close()
    },
  }
}

async function openShared(options: RunOptions): Promise<Shared> {
  const { kafka, log, appVersion } = options
  const wire = newWire(options.wire)
  await wire.prepareWrite([unitStarts])
  const offsets = await openOffsetSource(kafka)
  const publisher = await openPublisher(kafka, wire, `worker:${appVersion}`)
  const looked = options.units.flatMap((unit) => Object.values(unit.lookups ?? {}))
  const topics = new Map<string, AnyTopic>([unitStarts, ...looked].map((t) => [t.name, t]))
  const onUnreadable = ({ topic, partition, offset }: InputRecord, error: unknown) =>
    log.error({ topic, partition, offset, error: (error as Error).name }, 'table row unreadable')
  const opened = await Promise.all(
    [...topics.values()].map(async (topic): Promise<[string, Table]> => {
      const onWaiting = (reason: string | undefined) => {
        if (reason) log.warn({ topic: topic.name, reason }, 'table waits')
      }
      return [topic.name, await openTable(topic, { kafka, offsets, wire, onUnreadable, onWaiting })]
    }),
  )
  return { wire, offsets, publisher, tables: new Map(opened) }
}

function runUnit(unit: Unit, options: RunOptions, shared: Shared, signal: AbortSignal) {
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
      Object.entries(unit.lookups ?? {}).map(([name, topic]) => [
        name,
        tableOf(shared, topic.name),
      ]),
    ),
    units: tableOf(shared, unitStarts.name),
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

const tableOf = ({ tables }: Shared, name: string): Table => {
  const table = tables.get(name)
  if (!table) throw new Error(`table ${name} was not opened`)
  return table
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
