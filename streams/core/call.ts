import { setTimeout as sleep } from 'node:timers/promises'
import type { Circuits } from '#core/circuits'
import { TransientError } from '#core/errors'
import type { Outcome, Surroundings } from '#core/handle-record'
import type { InputRecord } from '#core/records'
import type { Task } from '#core/processor'
import { tracedTry } from '#core/traced-handling'

/** What a call came to: an outcome, or that it must be tried again later. */
export type CallResult =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'later'; readonly attempts: number; readonly reason: string }

/** Tries again in place, milliseconds after a try that did not pass; then somebody else waits for it. */
const inPlaceDelaysMs = [50, 150]
const inPlaceMsMax = 1_000

interface Options {
  readonly task: Task
  readonly record: InputRecord
  readonly value: unknown
  readonly party: string | null
  /** How often the record was tried before. */
  readonly attempts: number
  /** Set where the tries are used up: what the last one met. `onExhausted` is called in place of `run`. */
  readonly exhausted?: string | undefined
  /** Whether a try that did not pass is tried again at once. */
  readonly isTriedInPlace: boolean
  readonly surroundings: () => Surroundings
  readonly circuits: Circuits
  readonly onTransient: (error: TransientError, attempt: number) => void
}

/** One record of a task on its way through its tries. */
export class Call {
  readonly startedMs = performance.now()
  readonly party: string | null
  /** Undefined while it is out, and for ever once it was abandoned. */
  result: CallResult | undefined
  /** Whether a try has not passed and another one follows in place. */
  isTriedAgain = false
  /** Resolves when it is no longer out; rejects where the engine itself broke. */
  readonly ended: Promise<void>
  readonly #options: Options
  readonly #abandoning = new AbortController()
  readonly #draining = new AbortController()

  constructor(options: Options) {
    this.#options = options
    this.party = options.party
    this.ended = this.#perform().then((result) => {
      this.result = result
    })
  }

  /** Not tried again in place; the try that is out goes on. */
  drain(): void {
    this.#draining.abort()
  }

  /** Given up: nothing comes of it. */
  abandon(): void {
    this.drain()
    this.#abandoning.abort()
  }

  async #perform(): Promise<CallResult | undefined> {
    const { circuits, party, attempts, onTransient, isTriedInPlace } = this.#options
    const { retry } = this.#options.task
    const { signal: draining } = this.#draining
    if (party !== null) circuits.begin(party)
    for (let tries = 1; ; tries++) {
      const tried = await this.#attempt(attempts + tries)
      if (this.#abandoning.signal.aborted) {
        if (party !== null) circuits.givenUp(party)
        return undefined
      }
      if (!(tried instanceof TransientError)) {
        if (party !== null && !tried.isBug) circuits.answered(party)
        else if (party !== null) circuits.givenUp(party)
        return { kind: 'outcome', outcome: tried }
      }
      if (party !== null && tried.isOfParty) circuits.failed(party, tried.message)
      else if (party !== null) circuits.givenUp(party)
      onTransient(tried, attempts + tries)
      const waitMs = inPlaceDelaysMs[tries - 1]
      const isLate = performance.now() - this.startedMs + (waitMs ?? 0) > inPlaceMsMax
      const isExhausted = attempts + tries >= (retry.attemptsMax ?? Infinity)
      const isAway = party !== null && circuits.waitMs(party) > 0
      const isOver = isLate || isAway || isExhausted || draining.aborted
      if (!isTriedInPlace || waitMs === undefined || isOver) {
        return { kind: 'later', attempts: attempts + tries, reason: tried.message }
      }
      this.isTriedAgain = true
      await sleep(waitMs, undefined, { signal: draining }).catch(() => undefined)
    }
  }

  async #attempt(attempt: number): Promise<Outcome | TransientError> {
    const { task, record, value, surroundings, exhausted } = this.#options
    // One controller a try: what AbortSignal.any and AbortSignal.timeout leave behind lives as long as the call.
    const trying = new AbortController()
    const giveUp = () => trying.abort(new TransientError(`no answer within ${task.timeoutMs} ms`))
    const timer = setTimeout(giveUp, task.timeoutMs)
    this.#abandoning.signal.addEventListener('abort', giveUp)
    const { signal } = trying
    const late = new Promise<TransientError>((resolve) => {
      // A port that ignores its signal must not hold its order key for ever.
      signal.addEventListener('abort', () => resolve(signal.reason as TransientError))
    })
    const given = { ...surroundings(), signal, attempt, exhausted }
    try {
      return await Promise.race([tracedTry(task, record, value, given), late])
    } finally {
      clearTimeout(timer)
      this.#abandoning.signal.removeEventListener('abort', giveUp)
    }
  }
}
