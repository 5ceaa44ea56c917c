import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '#tests/bench/statistics'
import { sequenceOf } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { eventsTopic } from '#tests/bench/engine/bench-units'
import { startGenerator } from '#tests/bench/engine/generator'
import type { SideProcess } from '#tests/bench/engine/side-process'
import { until } from '#tests/until'
import { watchEvents } from '#tests/bench/engine/watcher'

/** An open loop at a steady pace. */
export interface Pace {
  readonly perSecond: number
  /** Before anything counts: a JVM has compiled what is hot by then. */
  readonly warmMs: number
  readonly measuredMs: number
}

/** What an event's way took, from when it was due to when a reader of committed records had it. */
export interface HopFigures {
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of the process in between; zero where there is none. */
  readonly cpuMicros: number
  readonly peakMegabytes: number
}

/** What is between the first topic and the last; nothing for the floor. */
export interface Between {
  readonly name: string
  readonly input: string
  readonly output: string
  /** Resolves once it reads. */
  start(): Promise<SideProcess | undefined>
}

const lateMsMax = 30_000

/** Measures the way from one topic to another. Throws where an event is lost or comes twice. */
export async function measureHop(
  stack: BenchStack,
  { name, input, output, start }: Between,
  { perSecond, warmMs, measuredMs }: Pace,
): Promise<HopFigures> {
  await stack.apply([eventsTopic(input)], [])
  const process = await start()
  const cameAtMs = new Map<number, number>()
  let doubled: number | undefined
  const watcher = await watchEvents(stack, output, ({ message }, atMs) => {
    const sequence = sequenceOf(message)
    if (cameAtMs.has(sequence)) doubled ??= sequence
    cameAtMs.set(sequence, atMs)
  })
  try {
    const generator = await startGenerator(stack, input, perSecond)
    await sleep(warmMs, undefined, { signal: stack.signal })
    const [first, cpuBefore] = [generator.sent(), process?.cpuSeconds() ?? 0]
    await sleep(measuredMs, undefined, { signal: stack.signal })
    const [end, cpuAfter] = [generator.sent(), process?.cpuSeconds() ?? 0]
    await generator.stop()
    const all = () => cameAtMs.size === generator.sent()
    await until(`every event on ${output}`, all, { msMax: lateMsMax, signal: stack.signal })
    if (doubled !== undefined) throw new Error(`event ${doubled} came twice on ${output}`)
    const latencies = Array.from(
      { length: end - first },
      (_, i) => cameAtMs.get(first + i)! - generator.dueAtMs(first + i),
    )
    const figures = {
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      cpuMicros: ((cpuAfter - cpuBefore) * 1e6) / (end - first),
      peakMegabytes: process?.peakMegabytes() ?? 0,
    }
    stack.report(
      `${name} at ${perSecond}/s: p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms, ` +
        `${figures.cpuMicros.toFixed(0)} µs CPU a record, ${figures.peakMegabytes.toFixed(0)} MB`,
    )
    return figures
  } finally {
    await watcher.close()
    await process?.stop()
  }
}
