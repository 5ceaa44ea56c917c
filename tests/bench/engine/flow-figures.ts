import { interpolated, type Point } from '#tests/bench/statistics'

/** What one side did with a load. */
export interface FlowFigures {
  /** Records a second from the start of the process to the last output, its own start included. */
  readonly wholeRate: number
  /** Records a second over the last quarter of the outputs. */
  readonly warmRate: number
  /** CPU microseconds a record over the last quarter, all threads of the process. */
  readonly warmCpuMicros: number
  /** Largest resident set, megabytes. */
  readonly peakMegabytes: number
}

/** What was seen of a run. Times are epoch milliseconds. */
export interface FlowObserved {
  readonly startedAtMs: number
  /** When the broker took each output, in any order. */
  readonly outputsAtMs: Float64Array
  /** CPU seconds of the process against time, in order. */
  readonly cpu: readonly Point[]
  readonly peakMegabytes: number
}

/** The figures of a run. Throws RangeError where it was over before anything could be seen. */
export function flowFigures(observed: FlowObserved): FlowFigures {
  const { startedAtMs, outputsAtMs, cpu, peakMegabytes } = observed
  const ordered = outputsAtMs.toSorted()
  const total = ordered.length
  const warmFrom = Math.floor(total * 0.75)
  const [from, to] = [ordered[warmFrom - 1], ordered[total - 1]]
  if (from === undefined || to === undefined || to <= from) {
    throw new RangeError('the run was too short to be measured: take more records')
  }
  const warm = total - warmFrom
  const cpuSeconds = interpolated(cpu, to) - interpolated(cpu, from)
  return {
    wholeRate: total / ((to - startedAtMs) / 1_000),
    warmRate: warm / ((to - from) / 1_000),
    warmCpuMicros: (cpuSeconds * 1e6) / warm,
    peakMegabytes,
  }
}
