import { setTimeout as sleep } from 'node:timers/promises'
import { Counter } from 'prom-client'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Swept } from '#streams/exports/sweep-tally'

interface Sweeping {
  /** From one sweep to the next, on average, milliseconds. */
  readonly everyMs: number
  /** Whether it is this process that sweeps; it is asked each time. */
  readonly isOurs: () => boolean
  readonly sweep: (signal: AbortSignal) => Promise<Swept>
  readonly metrics: Pick<Metrics, 'registry'>
  readonly log: Pick<Log, 'warn'>
  /** From 0 up to 1. */
  readonly random?: () => number
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** So long a sweep under way may take to end, milliseconds: what it leaves is found by the next one. */
const endingMsMax = 2_000

const paused = (ms: number, signal: AbortSignal) =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)

/**
 * Sweeps again and again, at no moment that others choose, too; the first time after a tenth of the pause, so that a
 * process that is often started anew comes to it. What it finds is counted and told: something went wrong before.
 */
export function startSweeping(sweeping: Sweeping): { close(): Promise<void> } {
  const { everyMs, isOurs, random = Math.random, pause = paused } = sweeping
  const { signal, ...ending } = abortable()
  const tell = telling(sweeping)
  const run = async () => {
    const jittered = () => everyMs * (0.75 + random() / 2)
    for (let pauseMs = jittered() / 10; ; pauseMs = jittered()) {
      await pause(pauseMs, signal)
      if (signal.aborted) return
      if (isOurs()) await tell(() => sweeping.sweep(signal))
    }
  }
  const running = run()
  return {
    async close() {
      ending.abort()
      await Promise.race([running, sleep(endingMsMax, undefined, { ref: false })])
    },
  }
}

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort(new Error('the worker stops')) }
}

/** Does a sweep, and counts and logs what came of it. */
function telling({ metrics: { registry }, log }: Pick<Sweeping, 'metrics' | 'log'>) {
  const registers = [registry]
  const sweeps = new Counter({
    name: 'corrente_export_sweeps_total',
    help: 'Sweeps of the object store, by outcome: whole; stopped, the next one goes on; refused, nothing was looked at',
    labelNames: ['outcome'],
    registers,
  })
  const orphans = new Counter({
    name: 'corrente_export_orphans_total',
    help: 'What no export needed and nobody had deleted: of exports nothing is kept of, of ended ones, uploads',
    labelNames: ['what'],
    registers,
  })
  const bytes = new Counter({
    name: 'corrente_export_orphan_bytes_total',
    help: 'Bytes of the objects among them',
    registers,
  })
  return async (sweep: () => Promise<Swept>): Promise<void> => {
    try {
      const swept = await sweep()
      const { unknown, ended, uploads, stopped_by } = swept
      sweeps.inc({ outcome: stopped_by === null ? 'whole' : 'stopped' })
      const found = { unknown: unknown.objects, ended: ended.objects, upload: uploads }
      for (const [what, count] of Object.entries(found)) orphans.inc({ what }, count)
      bytes.inc(unknown.bytes + ended.bytes)
      const isAny = Object.values(found).some((count) => count > 0)
      if (isAny || stopped_by !== null) log.warn({ ...swept }, 'orphans of exports swept')
    } catch (error) {
      sweeps.inc({ outcome: 'refused' })
      log.warn({ reason: (error as Error).message }, 'orphans of exports not swept')
    }
  }
}
