import type { DebitDecided, LedgerEntry, StatementEntry } from '#schemas/generated/types'
import type { PartitionCheck } from '#streams/debits/verification/partition-check'
import type { Placed } from '#streams/debits/verification/placed'

interface Bounds {
  /** The first offset of `debits` that was not looked at any more. */
  readonly from: number
  /** The first one that is not decided yet, asked for after all was read. */
  readonly below: number
}

type Booked = LedgerEntry | StatementEntry

/**
 * What lies behind all that was checked: nothing, or, where the authoriser goes on meanwhile, what it has decided since.
 * Whoever feeds it hands over what is left, then the ids of the requests that follow.
 */
export class PartitionTail {
  readonly #check: PartitionCheck
  readonly #partition: number
  readonly #decided = new Map<string, Placed<DebitDecided>[]>()
  readonly #entries: Placed<LedgerEntry>[] = []
  readonly #lines: Placed<StatementEntry>[] = []

  constructor(check: PartitionCheck, partition: number) {
    this.#check = check
    this.#partition = partition
  }

  /** Takes over what was pushed to the check and lies behind its last request. */
  takeRest(): void {
    const { decisions, books } = this.#check
    for (const found of decisions.rest()) {
      const { request_event_id } = found.value
      this.#decided.set(request_event_id, [...(this.#decided.get(request_event_id) ?? []), found])
    }
    this.#entries.push(...books.entries.rest())
    this.#lines.push(...books.lines.rest())
  }

  /** Whether a decision waits for its request. */
  get isWaiting(): boolean {
    return this.#decided.size > 0
  }

  /** A request that follows: what was decided of it was rightly there. */
  meet(eventId: string): void {
    const waiting = this.#decided.get(eventId)
    waiting?.shift()
    if (waiting?.length === 0) this.#decided.delete(eventId)
  }

  /** All has been read: what is left now answers nothing, but for dead letters that were sent back since. */
  close(bounds: Bounds): void {
    const sentBack = this.#check.sentBackLeft
    for (const { request } of sentBack) this.meet(request.event_id)
    const back = new Set(sentBack.map(({ offset }) => offset))
    for (const waiting of this.#decided.values()) {
      for (const found of waiting) this.#check.decided.unasked(found)
    }
    for (const entry of this.#entries) {
      if (!this.#isWithin(bounds, back, entry)) this.#check.books.unaskedEntry(entry)
    }
    for (const line of this.#lines) {
      if (!this.#isWithin(bounds, back, line)) this.#check.books.unaskedLine(line)
    }
  }

  #isWithin(
    { from, below }: Bounds,
    back: ReadonlySet<number>,
    { value: { origin_partition, origin_offset } }: Placed<Booked>,
  ): boolean {
    if (origin_partition !== this.#partition) return false
    return (origin_offset >= from && origin_offset < below) || back.has(origin_offset)
  }
}
