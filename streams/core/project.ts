import { setTimeout as sleep } from 'node:timers/promises'
import { CommittedPositions } from '#core/lag'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { projectionSession, type SessionContext } from '#core/projection-session'
import { type Projection, ProjectionStoppedError } from '#core/projection-start'
import type { Applied } from '#core/projection-writes'
import type { Position } from '#core/records'
import { delayMs } from '#core/retry'
import { PositionsMovedError, StoreAwayError } from '#ports/projection-store'

/** How a projector is. `isPassing`: nobody need do anything about the reason. */
export interface ProjectorStatus {
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped'
  readonly reason?: string
  readonly isPassing?: boolean
}

/** A projection that is kept going. */
export interface Projector {
  /** How far its rows go, in every partition it reads. */
  readonly committed: CommittedPositions
  status(): ProjectorStatus
  /** Finishes the batch that is being written, or, after 5 s, drops it uncommitted; closes the store. */
  close(): Promise<void>
}

export interface ProjectorPorts extends Omit<
  SessionContext,
  'signal' | 'onRunning' | 'onApplied' | 'onWaiting'
> {
  readonly metrics: Pick<Metrics, 'records' | 'commitSeconds' | 'endToEndSeconds'>
  readonly log: Log
  /** Longest pause before a session that follows another, milliseconds. */
  readonly pauseMsMax?: number
}

const drainMsMax = 5_000
const pauseMsFirst = 250
/** Whoever was slower gives the other one time: two that always tried would read each record twice for nothing. */
const standbyMs = 1_000

/** Starts a projection; what breaks is gone on with from the positions of the store. */
export function startProjector(projection: Projection, ports: ProjectorPorts): Projector {
  const closing = new AbortController()
  const projecting = new Projecting(projection, ports, closing.signal)
  const ended = projecting.run()
  return {
    committed: projecting.committed,
    status: () => projecting.status,
    async close() {
      closing.abort()
      const patience = new AbortController()
      const late = sleep(drainMsMax, undefined, { signal: patience.signal }).catch(() => undefined)
      await Promise.race([ended, late])
      patience.abort()
      await ports.store.close()
      await ended
    },
  }
}

class Projecting {
  readonly committed = new CommittedPositions()
  status: ProjectorStatus = { state: 'starting' }
  readonly #projection: Projection
  readonly #named: { readonly projection: string; readonly topic: string }
  readonly #ports: ProjectorPorts
  readonly #signal: AbortSignal
  readonly #endToEnd: ReturnType<ProjectorPorts['metrics']['endToEndSeconds']['of']>
  /** Sessions in a row that have written nothing. */
  #vain = 0

  constructor(projection: Projection, ports: ProjectorPorts, signal: AbortSignal) {
    this.#projection = projection
    this.#named = { projection: projection.name, topic: projection.topic.name }
    this.#ports = ports
    this.#signal = signal
    this.#endToEnd = ports.metrics.endToEndSeconds.of(projection.name)
  }

  async run(): Promise<void> {
    const signal = this.#signal
    const context: SessionContext = {
      ...this.#ports,
      signal,
      onRunning: (positions) => this.#running(positions),
      onApplied: (applied) => this.#applied(applied),
      onWaiting: (reason) => (reason === undefined ? this.#goesOn() : this.#waits(reason)),
    }
    while (!signal.aborted) {
      try {
        await projectionSession(this.#projection, context)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ProjectionStoppedError) return this.#stop(error.message)
        const pauseMs = this.#pauseAfter(error)
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  #running(positions: readonly Position[]): void {
    this.committed.clear()
    this.committed.advance(positions)
    this.#goesOn()
  }

  #applied({ records, positions, seconds }: Applied): void {
    const { metrics } = this.#ports
    const unit = this.#projection.name
    this.#vain = 0
    this.committed.advance(positions)
    metrics.commitSeconds.observe({ unit }, seconds)
    if (records.length > 0) metrics.records.inc({ unit, outcome: 'done' }, records.length)
    const nowMs = Date.now()
    for (const { timestamp } of records) {
      this.#endToEnd.observe(Math.max(0, nowMs - timestamp) / 1_000)
    }
  }

  /** What is said of the error, and how long to wait before the next session, milliseconds. */
  #pauseAfter(error: unknown): number {
    const { message } = error as Error
    const { pauseMsMax = 5_000 } = this.#ports
    if (error instanceof PositionsMovedError) {
      this.#waits(`another projector was faster: ${message}`, true)
      return Math.min(pauseMsMax, standbyMs * (0.5 + Math.random()))
    }
    this.#vain += 1
    this.#waits(
      error instanceof StoreAwayError
        ? `the rows cannot be written, and the records wait in Kafka: ${message}`
        : message,
    )
    return delayMs({ delayMsFirst: pauseMsFirst, delayMsMax: pauseMsMax }, this.#vain)
  }

  #waits(reason: string, isPassing = false): void {
    if (this.status.reason === reason) return
    this.status = { state: 'waiting', reason, isPassing }
    const fields = { ...this.#named, reason }
    if (isPassing) this.#ports.log.debug(fields, 'projection waits')
    else this.#ports.log.warn(fields, 'projection waits')
  }

  #goesOn(): void {
    if (this.status.state === 'running') return
    this.status = { state: 'running' }
    this.#ports.log.info(this.#named, 'projection goes on')
  }

  #stop(reason: string): void {
    this.status = { state: 'stopped', reason }
    this.#ports.log.error({ ...this.#named, reason }, 'projection stopped')
  }
}
