/** What became of a request of an open loop. Moments are those of `performance.now()`. */
export interface Asked {
  /** When it was due. */
  readonly plannedMs: number
  /** When it was answered, or its connection was lost. */
  readonly answeredMs: number
  /** HTTP status; 0 where its connection was lost. */
  readonly status: number
}

/** Something that was done to what answers, from its beginning until all was as before as far as it tells itself. */
export interface Fault {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** The time in which a fault was felt. */
export interface FaultWindow {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** Answers slower than this are felt. */
export const boundMs = 250
/** A fault is over where none is felt for so long. */
export const calmMs = 1_000

const latencyOf = ({ plannedMs, answeredMs }: Asked): number => answeredMs - plannedMs
const isFelt = (one: Asked): boolean => one.status !== 200 || latencyOf(one) > boundMs

/**
 * The window of a fault: from it, or where it is felt later from the first request that feels it, until the last of these
 * is answered; a pause of a second ends it. Requests are in the order they were due. Empty where none feels it.
 */
export function windowOf({ name, fromMs, toMs }: Fault, asked: readonly Asked[]): FaultWindow {
  let begin: number | undefined
  let end = 0
  for (const one of asked) {
    if (one.answeredMs < fromMs || !isFelt(one)) continue
    if (one.plannedMs > Math.max(toMs, end) + calmMs) break
    begin ??= Math.max(fromMs, one.plannedMs)
    end = Math.max(end, one.answeredMs)
  }
  return begin === undefined ? { name, fromMs, toMs: fromMs } : { name, fromMs: begin, toMs: end }
}

/** The windows in one another's order, those that meet made one. */
export function merged(windows: readonly FaultWindow[]): readonly FaultWindow[] {
  const all: FaultWindow[] = []
  for (const window of [...windows].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = all.at(-1)
    if (last === undefined || last.toMs < window.fromMs) {
      all.push(window)
      continue
    }
    const toMs = Math.max(last.toMs, window.toMs)
    all[all.length - 1] = { name: `${last.name}, ${window.name}`, fromMs: last.fromMs, toMs }
  }
  return all
}

/** What the requests took, milliseconds from when they were due, that were not open within a window. */
export function latenciesOutside(
  windows: readonly FaultWindow[],
  asked: readonly Asked[],
): readonly number[] {
  const isOutside = ({ plannedMs, answeredMs }: Asked) =>
    windows.every(({ fromMs, toMs }) => answeredMs < fromMs || plannedMs > toMs)
  return asked.filter(isOutside).map(latencyOf)
}
