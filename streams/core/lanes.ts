import { setTimeout as sleep } from 'node:timers/promises'
import { TransientError } from '#core/errors'
import { attempted, type Outcome, type Surroundings } from '#core/handle-record'
import type { InputRecord } from '#core/records'
import type { Task } from '#core/processor'
import { delayMs } from '#core/retry'

/** A record whose task has ended. */
export interface Finished {
  readonly record: InputRecord
  readonly value: unknown
  readonly outcome: Outcome
}

/** A record in line; one with an outcome (discarded, unreadable) only keeps its place. */
interface Waiting {
  readonly record: InputRecord
  readonly value: unknown
  readonly outcome?: Outcome
}

/** Bounds of one partition's queue: the consumer is paused above, resumed below. */
export const laneRecordsMax = 200
export const laneRecordsLow = 50

interface Options {
  readonly task: Task
  readonly surroundings: (record: InputRecord) => Surroundings
  /** A try that did not pass: why, and how often it was tried. */
  readonly onTransient: (record: InputRecord, error: TransientError, attempt: number) => void
  /** A call ended, or was given up: there may be something to collect. */
  readonly onEnded: () => void
}

/**
 * The calls of one partition, one at a time and in order. A transient failure waits here with back-off,
 * holding back this partition and no other.
 */
export class Lane {
  readonly #options: Options
  readonly #ending = new AbortController()
  readonly #draining = new AbortController()
  readonly #queue: Waiting[] = []
  #isRunning = false
  readonly #finished: Finished[] = []
  #broken: { readonly error: unknown } | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get length(): number {
    return this.#queue.length + this.#finished.length + (this.#isRunning ? 1 : 0)
  }

  /** Whether a call is out, or waits to be tried again. */
  get isRunning(): boolean {
    return this.#isRunning
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting)
  }

  /**
   * Starts the next call unless one is running. A task with state waits for its results to be collected, since
   * the next call must see the rows they change; others go on while results wait for their transaction.
   */
  next(): void {
    if (this.#isRunning || this.#broken) return
    if (this.#options.task.state && this.#finished.length > 0) return
    const waiting = this.#queue.shift()
    if (!waiting) return
    this.#isRunning = true
    void this.#perform(waiting)
      .then((finished) => {
        if (finished) this.#finished.push(finished)
      })
      .catch((error: unknown) => {
        this.#broken = { error }
      })
      .finally(() => {
        this.#isRunning = false
        this.#options.onEnded()
        this.next()
      })
  }

  /** Hands over the finished records in their order, once. Throws where the lane itself broke. */
  collect(): readonly Finished[] {
    if (this.#broken) throw this.#broken.error
    return this.#finished.splice(0)
  }

  /** Lets the call that is out end; nothing starts any more and nothing is tried again. */
  drain(): void {
    this.#queue.length = 0
    this.#draining.abort()
  }

  /** Drops what waits and gives up what runs: its partition is gone. */
  abandon(): void {
    this.drain()
    this.#ending.abort()
  }

  async #perform({ record, value, outcome }: Waiting): Promise<Finished | undefined> {
    if (outcome) return { record, value, outcome }
    const { task, surroundings, onTransient } = this.#options
    const { signal: draining } = this.#draining
    for (let attempt = 1; ; attempt++) {
      const tried = await this.#attempt(record, value, attempt, surroundings(record))
      if (this.#ending.signal.aborted) return undefined
      if (!(tried instanceof TransientError)) return { record, value, outcome: tried }
      onTransient(record, tried, attempt)
      const waitMs = delayMs(task.retry, attempt)
      await sleep(waitMs, undefined, { signal: draining }).catch(() => undefined)
      if (draining.aborted) return undefined
    }
  }

  async #attempt(record: InputRecord, value: unknown, attempt: number, given: Surroundings) {
    const { task } = this.#options
    // One controller a try: what AbortSignal.any and AbortSignal.timeout leave behind lives as long as the lane.
    const trying = new AbortController()
    const giveUp = () => trying.abort(new TransientError(`no answer within ${task.timeoutMs} ms`))
    const timer = setTimeout(giveUp, task.timeoutMs)
    this.#ending.signal.addEventListener('abort', giveUp)
    const { signal } = trying
    const late = new Promise<TransientError>((resolve) => {
      // A port that ignores its signal must not hold the partition for ever.
      signal.addEventListener('abort', () => resolve(signal.reason as TransientError))
    })
    try {
      return await Promise.race([
        attempted(task, record, value, { ...given, signal, attempt }),
        late,
      ])
    } finally {
      clearTimeout(timer)
      this.#ending.signal.removeEventListener('abort', giveUp)
    }
  }
}
