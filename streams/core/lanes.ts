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
}

/**
 * The calls of one partition, one at a time and in order. A transient failure waits here with back-off,
 * holding back this partition and no other.
 */
export class Lane {
  readonly #options: Options
  readonly #ending = new AbortController()
  readonly #queue: Waiting[] = []
  #running: Promise<void> | undefined
  #finished: Finished | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get length(): number {
    return this.#queue.length + (this.#running ? 1 : 0)
  }

  /** The call that is out, if any. */
  get running(): Promise<void> | undefined {
    return this.#running
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting)
  }

  /** Starts the next call unless one is running or its result was not collected; resolves with its end. */
  next(): Promise<void> | undefined {
    if (this.#running || this.#finished) return this.#running
    const waiting = this.#queue.shift()
    if (!waiting) return undefined
    this.#running = this.#perform(waiting).then((finished) => {
      this.#finished = finished
      this.#running = undefined
    })
    return this.#running
  }

  /** Hands over the finished record, once. */
  collect(): Finished | undefined {
    const finished = this.#finished
    this.#finished = undefined
    return finished
  }

  /** Drops what waits and gives up what runs: its partition is gone. */
  abandon(): void {
    this.#queue.length = 0
    this.#ending.abort()
  }

  async #perform({ record, value, outcome }: Waiting): Promise<Finished | undefined> {
    if (outcome) return { record, value, outcome }
    const { task, surroundings, onTransient } = this.#options
    const { signal: ended } = this.#ending
    for (let attempt = 1; !ended.aborted; attempt++) {
      const tried = await this.#attempt(record, value, attempt, surroundings(record))
      if (ended.aborted) return undefined
      if (!(tried instanceof TransientError)) return { record, value, outcome: tried }
      onTransient(record, tried, attempt)
      await sleep(delayMs(task.retry, attempt), undefined, { signal: ended }).catch(() => undefined)
    }
    return undefined
  }

  async #attempt(record: InputRecord, value: unknown, attempt: number, given: Surroundings) {
    const { task } = this.#options
    const limit = AbortSignal.timeout(task.timeoutMs)
    const signal = AbortSignal.any([this.#ending.signal, limit])
    const late = new Promise<TransientError>((resolve) => {
      // A port that ignores its signal must not hold the partition for ever.
      signal.addEventListener('abort', () => {
        resolve(new TransientError(`no answer within ${task.timeoutMs} ms`))
      })
    })
    return Promise.race([attempted(task, record, value, { ...given, signal, attempt }), late])
  }
}
