/** When a request was where, milliseconds since the epoch, by clocks of one machine. */
export interface Stages {
  readonly sentMs: number
  /** When the log took the request, and its decision: whole milliseconds. */
  readonly requestedMs: number
  readonly decidedMs: number
  readonly answeredMs: number
}

/** How long each stage takes in the mean, milliseconds. The log's clock is cut off, by half a millisecond in the mean. */
export function meanStages(all: readonly Stages[]) {
  const mean = (of: (one: Stages) => number) =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length
  const cutOffMs = 0.5
  return {
    asked: mean(({ sentMs, requestedMs }) => requestedMs + cutOffMs - sentMs),
    decided: mean(({ requestedMs, decidedMs }) => decidedMs - requestedMs),
    answered: mean(({ decidedMs, answeredMs }) => answeredMs - decidedMs - cutOffMs),
  }
}
