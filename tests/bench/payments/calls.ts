import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '#tests/bench/statistics'

/** What calls of one kind took. */
export interface CallFigures {
  readonly calls: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

type Call = (n: number) => Promise<void>

function figuresOf(latenciesMs: readonly number[], tookMs: number): CallFigures {
  return {
    calls: latenciesMs.length,
    perSecond: latenciesMs.length / (tookMs / 1_000),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  }
}

interface Callers {
  readonly callers: number
  readonly forMs: number
  readonly signal: AbortSignal
  /** Number of the first call. */
  readonly from?: number
  /** No more than so many calls. */
  readonly callsMax?: number
}

/** So many callers, each of which calls again as soon as it is answered. Throws what a call throws. */
export async function closedLoop(
  { callers, forMs, signal, from = 0, callsMax = Infinity }: Callers,
  call: Call,
): Promise<CallFigures> {
  const latenciesMs: number[] = []
  const beganAtMs = performance.now()
  let next = from
  const one = async () => {
    while (performance.now() - beganAtMs < forMs && next < from + callsMax) {
      signal.throwIfAborted()
      const askedAtMs = performance.now()
      await call(next++)
      latenciesMs.push(performance.now() - askedAtMs)
    }
  }
  await Promise.all(Array.from({ length: callers }, one))
  return figuresOf(latenciesMs, performance.now() - beganAtMs)
}

interface Paced extends Omit<Callers, 'callers'> {
  readonly perSecond: number
}

/** Calls at a steady pace, whatever comes of them; each is timed from when it was due. Throws what a call throws. */
export async function pacedCalls(
  { perSecond, forMs, signal, from = 0, callsMax = Infinity }: Paced,
  call: Call,
): Promise<CallFigures> {
  const latenciesMs: number[] = []
  const out: Promise<void>[] = []
  let failure: Error | undefined
  const beganAtMs = performance.now()
  const dueAtMs = (n: number) => beganAtMs + (n * 1_000) / perSecond
  const count = Math.min(callsMax, Math.floor((forMs / 1_000) * perSecond))
  const timed = async (n: number) => {
    await call(from + n)
    latenciesMs.push(performance.now() - dueAtMs(n))
  }
  for (let n = 0; n < count && !failure;) {
    signal.throwIfAborted()
    for (; n < count && dueAtMs(n) <= performance.now(); n++) {
      out.push(timed(n).catch((error: Error) => void (failure ??= error)))
    }
    await sleep(1)
  }
  await Promise.all(out)
  if (failure) throw failure
  return figuresOf(latenciesMs, performance.now() - beganAtMs)
}
