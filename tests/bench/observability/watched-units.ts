import { openOtlpTracing } from '#apps/platform/tracing/otlp-tracing'
import { type TracingSettings, tracingSettings } from '#apps/platform/tracing/settings'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { schemaSource } from '#core/registry'
import { runUnits } from '#core/run-units'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { benchUnit } from '#tests/bench/engine/bench-units'
import { applyUnit, newUnit } from '#tests/bench/engine/flow'
import { noMetrics } from '#tests/bench/observability/no-metrics'

/** How closely a unit is watched. */
export interface Watching {
  readonly hasMetrics: boolean
  /** The share of traces that are recorded; undefined: traces are off. */
  readonly ratio?: number
}

/** A unit of this process that is watched so, with a topic of its own. */
export interface WatchedUnit {
  readonly input: string
  /** Resolves once that many records more are committed and told of. */
  handled(records: number): Promise<void>
  /** Spans left out since too many waited. */
  dropped(): number
  close(): Promise<void>
}

/** Starts the unit and waits until it reads. */
export async function startWatched(
  stack: BenchStack,
  { hasMetrics, ratio }: Watching,
  receiverUrl: string,
): Promise<WatchedUnit> {
  const names = newUnit('watched', newUnit('watched-in', '').name)
  await applyUnit(stack, names)
  const traces = ratio === undefined ? undefined : openTraces(receiverUrl, ratio)
  const metrics = hasMetrics ? newMetrics() : noMetrics()
  let handled = 0
  const running = await runUnits({
    units: [benchUnit(names)],
    kafka: stack.kafka,
    wire: { format: 'avro', registry: schemaSource({ url: stack.registryUrl }), jsonTopics: [] },
    slot: '0',
    from: 'earliest',
    metrics,
    tracing: traces?.tracing,
    log: silentLog,
    appVersion: 'bench',
    state: 'memory',
    onOutcome: () => void (handled += 1),
  })
  const until = async (what: string, holds: () => boolean) => {
    const deadline = performance.now() + 60_000
    while (!holds()) {
      stack.signal.throwIfAborted()
      if (performance.now() > deadline) throw new Error(`waited for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await until('the unit to read', () => running.status().every(({ state }) => state === 'running'))
  return {
    input: names.input,
    async handled(records) {
      const end = handled + records
      await until(`${records} records`, () => handled >= end)
      // Whoever watches reads the numbers, and is told of all spans.
      if (hasMetrics) await metrics.registry.metrics()
      await traces?.flush()
    },
    dropped: () => traces?.counts.dropped ?? 0,
    async close() {
      await running.drain()
      await traces?.close()
    },
  }
}

function openTraces(receiverUrl: string, ratio: number) {
  const counts = { exported: 0, failed: 0, dropped: 0 }
  const settings = {
    ...tracingSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: receiverUrl }),
    ratio,
  } as TracingSettings
  const opened = openOtlpTracing({
    settings,
    app: 'bench',
    log: silentLog,
    count: (outcome, spans) => (counts[outcome] += spans),
  })
  return { ...opened, counts }
}
