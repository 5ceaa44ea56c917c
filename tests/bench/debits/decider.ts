import { debitDecisions, debitRows } from '#schemas/topics'
import type { DebitDecided, DebitRequest, DebitRow } from '#schemas/generated/types'
import { RowsInBuckets } from '#tests/bench/debits/rows-in-buckets'
import type { Told } from '#tests/bench/debits/decide-story'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import { foundRows } from '#streams/debits/debit-rows'
import { type Known, type Moment, usualSettings } from '#streams/debits/known'

/** A request with all that it is decided by. */
export interface Question {
  readonly known: Known
  readonly request: DebitRequest
  readonly moment: Moment
}

/** The rules of debits without the engine: what they decided, over the rows that they asked to be kept. */
export class Decider {
  readonly rows = new RowsInBuckets<DebitRow>()
  readonly #unit = debitAuthoriserWith(usualSettings)
  readonly #wakes: Told[] = []
  #offset = 0
  #decisions = 0
  readonly #codes = new Map<string, number>()

  /** Decisions so far; the time of a hold that is over is one where something of it was left. */
  get decisions(): number {
    return this.#decisions
  }

  /** How often each response code was decided. */
  get codes(): ReadonlyMap<string, number> {
    return this.#codes
  }

  /** Holds whose time is not over yet. */
  get waiting(): number {
    return this.#wakes.length
  }

  /** Handles the timers that are due by then. */
  wake(nowMs: number): void {
    let due = 0
    while ((this.#wakes[due]?.atMs ?? Infinity) <= nowMs) this.handle(this.#wakes[due++]!)
    this.#wakes.splice(0, due)
  }

  /** What is kept that the request is about, and where it would lie: all that it is decided by. */
  found({ request, atMs }: Told): Question {
    const moment = {
      eventId: request.event_id,
      nowMs: atMs,
      partition: 0,
      offset: this.#offset,
      settings: usualSettings,
    }
    return { known: foundRows(this.rows, request, moment).known, request, moment }
  }

  /** Decides on the request, and keeps what is to be kept. */
  handle({ request, atMs }: Told): void {
    const emitted = this.#unit.handle(request, {
      now: new Date(atMs),
      newId: () => '',
      state: this.rows,
      lookup: {},
      headers: {},
      position: { partition: 0, offset: this.#offset++ },
    })
    for (const each of emitted) {
      // All holds last as long: their timers come in this order.
      if ('wakeAt' in each) this.#wake(each.wakeAt, each.value as DebitRequest)
      else if ('topic' in each && each.topic === debitRows.name) this.#keep(each.key, each.value)
      else if ('topic' in each && each.topic === debitDecisions.name) this.#count(each.value)
    }
  }

  #wake(at: Date, request: DebitRequest): void {
    this.#wakes.push({ request, atMs: at.getTime() })
  }

  #keep(key: string, row: unknown): void {
    if (row === null) this.rows.delete(key)
    else this.rows.set(key, row as DebitRow)
  }

  #count(value: unknown): void {
    const { decision } = value as DebitDecided
    this.#decisions += 1
    this.#codes.set(decision.code, (this.#codes.get(decision.code) ?? 0) + 1)
  }
}
